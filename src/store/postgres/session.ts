/** Limits that the server keeps for one connection. */
import type pg from 'pg';

/**
 * When the server ends a connection that asks nothing in the middle of a transaction, in ms: its machine is gone or stands
 * still, and what it has locked holds up all others. Without it, that is until TCP gives up, after some two hours.
 */
const SILENCE_MS = 5_000;

/**
 * Sets the limits of a new connection. By a statement: with the start of a connection PgBouncer refuses them.
 *
 * @param statementMs longest statement, in ms; without a limit if left out
 */
export async function limitSession(client: pg.ClientBase, statementMs = 0): Promise<void> {
  await client.query(
    `SET idle_in_transaction_session_timeout = ${SILENCE_MS}; SET statement_timeout = ${statementMs}`,
  );
}

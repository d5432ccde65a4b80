/** What the errors of a database say (PostgreSQL, appendix A). */

/** Classes of SQLSTATE that say "not now" rather than "not so": connection, resources, operator, internal. */
const PASSING_CLASSES: ReadonlySet<string> = new Set(['08', '53', '57', '58', 'XX']);
/** A server that only reads is the old primary of a fail-over. */
export const READ_ONLY = '25006';
/** The server is there, and reads; only its disk is full. */
const DISK_FULL = '53100';
/** Classes that say that something is missing, or may not be used. */
const LACKS: ReadonlySet<string> = new Set(['3F', '42']);
/** Classes that refuse a connection at its start. To a service that runs they are passing: a password is changed in two places. */
const LOGINS: ReadonlySet<string> = new Set(['28', '3D']);
/** Each of the server's own has a digit; the system's errors, such as EPIPE, have none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** Whether an error says that the database cannot be used now, rather than that the statement is wrong. */
export function isAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = sqlState(error);
  return code === undefined || code === READ_ONLY || isLogin(error) || PASSING_CLASSES.has(code.slice(0, 2));
}

/** Whether the server refuses to let a connection in: for its role, its password, or a database that it has not. */
export function isLogin(error: unknown): boolean {
  return error instanceof Error && LOGINS.has(sqlState(error)?.slice(0, 2) ?? '');
}

/** Whether the server refuses a statement for what is missing: a right, or a table. */
export function isLack(error: unknown): boolean {
  return error instanceof Error && LACKS.has(sqlState(error)?.slice(0, 2) ?? '');
}

/** Whether the server's disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && sqlState(error) === DISK_FULL;
}

/** The server's code of an error; undefined when it did not come from the server. */
function sqlState(error: Error): string | undefined {
  const code = 'code' in error ? String(error.code) : '';
  return SQLSTATE.test(code) ? code : undefined;
}

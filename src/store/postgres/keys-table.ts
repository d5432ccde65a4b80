/** The table of keys: plain reads and writes. */
import { newKeyRow } from '../key-row.ts';
import { sameDigest } from '../secret.ts';
import type { ApiKey, NewKey } from '../store.ts';
import type { Query, Statement } from './database.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly digest: Buffer;
  readonly qps: number;
  /** A bigint of SQL, as text. */
  readonly quota: string | null;
  readonly models: readonly string[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/** Lets reads through, and one change at a time: changes look before they write. */
const LOCK: Statement = { name: 'keys-lock', text: 'LOCK TABLE lpd.keys IN SHARE ROW EXCLUSIVE MODE' };
const INSERT: Statement = {
  name: 'keys-insert',
  text: `
    INSERT INTO lpd.keys (id, name, prefix, digest, qps, quota, models, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
const REVOKE: Statement = {
  name: 'keys-revoke',
  text: 'UPDATE lpd.keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL',
};
/** By name: a connection refuses a statement with a "*" from the moment on at which a newer release adds a column. */
const SELECT =
  'SELECT id, name, prefix, digest, qps, quota, models, created_at, expires_at, revoked_at FROM lpd.keys';
const BY_DIGEST: Statement = { name: 'keys-digest', text: `${SELECT} WHERE digest = $1` };
const BY_ID: Statement = { name: 'keys-id', text: `${SELECT} WHERE id = $1` };
const BY_NAME: Statement = { name: 'keys-name', text: `${SELECT} WHERE name = $1 AND revoked_at IS NULL` };
const ALL: Statement = { name: 'keys-all', text: `${SELECT} ORDER BY seq` };
const ANY: Statement = { name: 'keys-any', text: 'SELECT 1 FROM lpd.keys LIMIT 1' };

/** The statements, on one connection or on any. */
export class KeysTable {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** Keeps other changes out until the transaction ends. */
  async lock(): Promise<void> {
    await this.#query(LOCK, []);
  }

  /** Adds a key. `now` is ISO 8601. */
  async insert(added: NewKey, now: string): Promise<ApiKey> {
    const { key, row } = newKeyRow(added, now);
    await this.#query(INSERT, row);
    return key;
  }

  /** Revokes a key, unless it was already. `now` is ISO 8601. */
  async revoke(id: string, now: string): Promise<void> {
    await this.#query(REVOKE, [id, now]);
  }

  async byDigest(digest: Uint8Array): Promise<ApiKey | undefined> {
    const [row] = await this.#query<Row>(BY_DIGEST, [Buffer.from(digest)]);
    return row !== undefined && sameDigest(row.digest, digest) ? toKey(row) : undefined;
  }

  async byId(id: string): Promise<ApiKey | undefined> {
    return (await this.#query<Row>(BY_ID, [id])).map(toKey)[0];
  }

  /** The key of that name that is not revoked. */
  async byName(name: string): Promise<ApiKey | undefined> {
    return (await this.#query<Row>(BY_NAME, [name])).map(toKey)[0];
  }

  async all(): Promise<ApiKey[]> {
    return (await this.#query<Row>(ALL, [])).map(toKey);
  }

  /** Whether there never was a key. */
  async isEmpty(): Promise<boolean> {
    return (await this.#query(ANY, [])).length === 0;
  }
}

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    qps: row.qps,
    quota: row.quota === null ? null : Number(row.quota),
    models: row.models,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

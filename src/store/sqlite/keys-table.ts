/** The table of keys: plain synchronous reads and writes. */
import { newKeyRow } from '../key-row.ts';
import { sameDigest } from '../secret.ts';
import type { ApiKey, NewKey } from '../store.ts';
import type { Connection } from './connection.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly digest: Buffer;
  readonly qps: number;
  readonly quota: number | null;
  readonly models: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

/** The prepared statements of one connection. Methods that write expect to be called in a transaction. */
export class KeysTable {
  readonly #insert;
  readonly #revoke;
  readonly #byDigest;
  readonly #byId;
  readonly #byName;
  readonly #all;
  readonly #any;

  constructor(connection: Connection) {
    this.#insert = connection.prepare(`
      INSERT INTO keys (id, name, prefix, digest, qps, quota, models, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#revoke = connection.prepare('UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
    this.#byDigest = connection.prepare('SELECT * FROM keys WHERE digest = ?');
    this.#byId = connection.prepare('SELECT * FROM keys WHERE id = ?');
    this.#byName = connection.prepare('SELECT * FROM keys WHERE name = ? AND revoked_at IS NULL');
    this.#all = connection.prepare('SELECT * FROM keys ORDER BY seq');
    this.#any = connection.prepare('SELECT 1 FROM keys LIMIT 1');
  }

  /** Adds a key. `now` is ISO 8601. */
  insert(added: NewKey, now: string): ApiKey {
    const { key, row } = newKeyRow(added, now);
    this.#insert.run(row);
    return key;
  }

  /** Revokes a key, unless it was already. `now` is ISO 8601. */
  revoke(id: string, now: string): void {
    this.#revoke.run([now, id]);
  }

  byDigest(digest: Uint8Array): ApiKey | undefined {
    const row = this.#byDigest.get([Buffer.from(digest)]) as Row | undefined;
    return row !== undefined && sameDigest(row.digest, digest) ? toKey(row) : undefined;
  }

  byId(id: string): ApiKey | undefined {
    const row = this.#byId.get([id]) as Row | undefined;
    return row && toKey(row);
  }

  /** The key of that name that is not revoked. */
  byName(name: string): ApiKey | undefined {
    const row = this.#byName.get([name]) as Row | undefined;
    return row && toKey(row);
  }

  all(): ApiKey[] {
    return (this.#all.all([]) as Row[]).map(toKey);
  }

  /** Whether there never was a key. */
  isEmpty(): boolean {
    return this.#any.get([]) === undefined;
  }
}

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    qps: row.qps,
    quota: row.quota,
    models: JSON.parse(row.models) as string[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

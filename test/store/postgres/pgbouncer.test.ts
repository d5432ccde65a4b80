/** Replicas behind a real PgBouncer with session pooling, as docs/postgresql.md has it. */
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { admin, CAN_CONNECT, serverUser } from '../../postgres.ts';
import { counted, emptyDatabase, replica } from './set-up.ts';

const PROGRAM = '/usr/sbin/pgbouncer';
const CAN_START = CAN_CONNECT && existsSync(PROGRAM);
const HOW_TO_GET = 'skipped without PgBouncer: apt-get install postgresql pgbouncer';

/** Starts PgBouncer before a database, and gives the address through it. */
async function through(url: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'lpd-bouncer-'));
  const { host, user: name, database } = new pg.Client(url);
  const users = join(directory, 'users');
  const settings = join(directory, 'settings.ini');
  writeFileSync(users, `"${name}" ""\n`);
  writeFileSync(
    settings,
    `[databases]
* = host=${host}
[pgbouncer]
pool_mode = session
auth_type = trust
auth_file = ${users}
listen_addr =
unix_socket_dir = ${directory}
`,
  );
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  const child = spawn(PROGRAM, [settings], { stdio: 'ignore', ...user });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  });
  const address = `postgres://${name}@/${database}?host=${encodeURIComponent(directory)}&port=6432`;
  await expect.poll(() => admin(address, 'SELECT 1').then(() => 'up', String)).toBe('up');
  return address;
}

describe.skipIf(!CAN_START)(CAN_START ? 'behind PgBouncer' : HOW_TO_GET, () => {
  it('two replicas count, and tell each other of keys', async () => {
    const url = await through(await emptyDatabase());
    const troubles: string[] = [];
    const onTrouble = (text: string) => void troubles.push(text);
    const [first, second] = [await replica(url, { onTrouble }), await replica(url, { onTrouble })];
    const { key: made } = newKey({ name: 'a' });
    const key = await first.store.createKey(made);
    await (await first.store.reserve(key))?.commit('pass');
    await (await second.store.reserve(key))?.commit('fail');
    await expect.poll(() => counted(first.store)).toBe(2);
    expect(await first.store.revokeKey(key.id)).toMatchObject({ id: key.id });
    await expect.poll(async () => (await second.store.keyByDigest(made.digest))?.revokedAt).not.toBeNull();
    expect(troubles).toEqual([]);
  });
});

/** What nobody should ask of jobs is answered alike, whichever store they are in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InspectPool } from '../../src/workers/pool.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { startPool } from '../server/build.ts';
import { build, type Cleanup, client } from './build.ts';

const cleanups: Cleanup[] = [];
const cleanup = (task: Cleanup) => void cleanups.unshift(task);
let pool: InspectPool;

beforeAll(async () => {
  pool = await startPool(cleanup, { workers: 1 });
});

afterAll(async () => {
  for (const task of cleanups) await task();
});

describe('with the embedded store', () => describeOddRequests(async () => undefined));

if (CAN_CONNECT) {
  describe('with PostgreSQL', () =>
    describeOddRequests(async () => {
      const { url, remove } = await createDatabase(await sharedServer());
      cleanup(remove);
      return url;
    }));
} else {
  describe('with PostgreSQL', () => it.skip(HOW_TO_GET, () => undefined));
}

/** Declares the tests. @param databaseUrl where the store is to be; undefined for the embedded one */
function describeOddRequests(databaseUrl: () => Promise<string | undefined>): void {
  let service: Awaited<ReturnType<typeof build>>;
  let api: ReturnType<typeof client>;
  beforeAll(async () => {
    service = await build(cleanup, pool, await databaseUrl());
  });
  // One each, so that rates are another subject.
  beforeEach(async () => {
    api = client(service.url, (await service.createKey()).secret);
  });
  const outcome = async (path: string, method = 'GET') => {
    const answer = await api.call(path, { method });
    return [answer.status, answer.headers.get('x-reason')];
  };

  it.each(['%00', 'a%00b', 'no-such-job', '%F0%9F%98%80'])('%s is the id of no job', async (id) => {
    expect(await outcome(`/${id}`)).toEqual([404, 'job.unknown']);
    expect(await outcome(`/${id}`, 'DELETE')).toEqual([404, 'job.unknown']);
    expect(await outcome(`/${id}/results`)).toEqual([404, 'job.unknown']);
  });

  it('a cursor is no larger than the largest job', async () => {
    const { id } = await api.create('http://a/');
    for (const after of ['1000001', '3000000000'])
      expect(await outcome(`/${id}/results?after=${after}`), after).toEqual([400, 'request.query']);
    expect(await outcome(`/${id}/results?after=1000000`)).toEqual([200, null]);
  });
}

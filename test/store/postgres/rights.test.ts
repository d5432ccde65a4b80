/** Rights that are taken away while a replica runs: it says so once, and goes on as far as it can. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { createUser, emptyDatabase, replica } from './set-up.ts';

const PATIENCE = { timeout: 15_000 };
/** Longer than a refusal says anything. */
const LATER_MS = 6 * 60_000;

afterEach(() => void vi.restoreAllMocks());

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'a role that lost a right' : HOW_TO_GET, () => {
  async function setUp() {
    const url = await emptyDatabase();
    const owner = await replica(url);
    const key = await owner.store.createKey(newKey({ name: 'a' }).key);
    const role = await createUser(url);
    const troubles: string[] = [];
    const onTrouble = (text: string, error: unknown) =>
      troubles.push(`${text}: ${(error as Error & { cause?: Error }).cause?.message ?? String(error)}`);
    const { rates, state, store } = await replica(role.url, { onTrouble });
    const change = (what: string) => admin(url, `${what} ${role.name}`);
    return { key, rates, state, store, troubles, change };
  }

  it('on the table of rates alone: rates are counted here, which is told once, and is over when it is back', async () => {
    const { rates, state, troubles, change } = await setUp();
    expect(await rates.take('a', 1_000)).toBe(0);
    expect(state()).toBe('ready');
    await change('REVOKE ALL ON lpd.rate_limits FROM');
    for (const id of ['b', 'c', 'd']) expect(await rates.take(id, 5)).toBe(0);
    expect(state()).toBe('lacking');
    expect(troubles).toEqual([expect.stringMatching(/^the database refuses .*table rate_limits/)]);
    await change('GRANT ALL ON lpd.rate_limits TO');
    expect(await rates.take('e', 5)).toBe(0);
    expect([state(), troubles.length]).toEqual(['ready', 1]);
  });

  it('to clear the table, which is asked for once an hour by one replica: it is over when nothing else is refused', async () => {
    const { rates, state, troubles, change } = await setUp();
    await change('REVOKE DELETE ON lpd.rate_limits FROM');
    expect(await rates.take('a', 5)).toBe(0);
    await expect.poll(state, PATIENCE).toBe('lacking');
    await change('GRANT DELETE ON lpd.rate_limits TO');
    const { now } = performance;
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + LATER_MS);
    expect([state(), troubles.length]).toEqual(['ready', 1]);
  });

  it('on the books: what is answered waits in the spool, and the store says that it lacks something', async () => {
    const { key, state, store, troubles, change } = await setUp();
    await change('REVOKE ALL ON lpd.usage FROM');
    await (await store.reserve(key))?.commit('pass');
    expect(state()).toBe('lacking');
    expect(troubles[0]).toMatch(/^the database refuses .*table usage/);
    await change('GRANT ALL ON lpd.usage TO');
    await expect.poll(state, PATIENCE).toBe('ready');
  });
});

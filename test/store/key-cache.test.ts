import { describe, expect, it } from 'vitest';
import { KEY_LIFE_MS, KeyCache, type KeyCacheOptions } from '../../src/store/key-cache.ts';
import { newKey } from '../../src/store/new-key.ts';
import { digestOf, newSecret } from '../../src/store/secret.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import type { ApiKey, Store } from '../../src/store/store.ts';

/** A store with one key, and a count of the questions that reach it. */
async function setUp(options: KeyCacheOptions = {}) {
  const store = await openSqlite({ file: ':memory:' });
  const { key, secret } = newKey({ name: 'a' });
  const made = await store.createKey(key);
  const clock = { now: 0, questions: 0 };
  const counting: Pick<Store, 'keyByDigest'> = {
    keyByDigest(digest) {
      clock.questions++;
      return store.keyByDigest(digest);
    },
  };
  const cache = new KeyCache(counting, { now: () => clock.now, ...options });
  return { store, secret, made, clock, cache };
}

describe('the cache of keys', () => {
  it('lives for less than a second', () => expect(KEY_LIFE_MS).toBeLessThan(1_000));

  it('asks once for many look-ups of one key, at once or in a row', async () => {
    const { cache, secret, made, clock } = await setUp();
    const found = await Promise.all(Array.from({ length: 50 }, () => cache.find(secret)));
    expect(found).toEqual(found.map(() => made));
    clock.now = KEY_LIFE_MS - 1;
    await cache.find(secret);
    expect(clock.questions).toBe(1);
    clock.now = KEY_LIFE_MS;
    await cache.find(secret);
    expect(clock.questions).toBe(2);
  });

  it('asks for so many unknown keys at a time, and goes on with those it knows', async () => {
    const answers: (() => void)[] = [];
    const { key, secret } = newKey({ name: 'a' });
    const good = { ...key, revokedAt: null } as unknown as ApiKey;
    let isSlow = false;
    const slow: Pick<Store, 'keyByDigest'> = {
      keyByDigest: async (digest) => {
        if (isSlow) await new Promise<void>((resolve) => answers.push(resolve));
        return Buffer.from(digest).equals(digestOf(secret)) ? good : undefined;
      },
    };
    const clock = { now: 0 };
    const cache = new KeyCache(slow, { now: () => clock.now, graceMs: 60_000 });
    await cache.find(secret);
    clock.now = KEY_LIFE_MS;
    isSlow = true;
    const strangers = Array.from({ length: 64 }, () => cache.find(newSecret()));
    await expect(cache.find(newSecret())).rejects.toMatchObject({ code: 'overload.queue' });
    const known = cache.find(secret);
    for (const answer of answers) answer();
    expect(await known).toEqual(good);
    expect(new Set(await Promise.all(strangers))).toEqual(new Set([undefined]));
    isSlow = false;
    expect(await cache.find(newSecret())).toBeUndefined();
  });

  it('refuses a key from its end on, to the millisecond, without asking anew', async () => {
    const expiresAt = '2026-03-01T00:00:00.000Z';
    const { key, secret } = newKey({ name: 'a', expiresAt });
    const store = await openSqlite({ file: ':memory:' });
    await store.createKey(key);
    const clock = { date: Date.parse(expiresAt) - 1 };
    const cache = new KeyCache(store, { now: () => 0, date: () => clock.date });
    expect(await cache.find(secret)).toMatchObject({ expiresAt });
    clock.date++;
    await expect(cache.find(secret)).rejects.toMatchObject({
      code: 'key.expired',
      message: `This key expired at ${expiresAt}.`,
    });
    await store.close();
  });

  it('refuses a revoked key once its entry is over', async () => {
    const { cache, secret, made, store, clock } = await setUp();
    await cache.find(secret);
    await store.revokeKey(made.id);
    clock.now = KEY_LIFE_MS - 1;
    expect(await cache.find(secret)).toEqual(made);
    clock.now = KEY_LIFE_MS;
    expect(await cache.find(secret)).toBeUndefined();
  });

  it('knows a new key once the entry of its absence is over', async () => {
    const { cache, store, clock } = await setUp();
    const { key, secret } = newKey({ name: 'b' });
    expect(await cache.find(secret)).toBeUndefined();
    const made = await store.createKey(key);
    expect(await cache.find(secret)).toBeUndefined();
    clock.now = KEY_LIFE_MS;
    expect(await cache.find(secret)).toEqual(made);
  });

  it.each([
    '',
    'sk-',
    'x'.repeat(19),
    'x'.repeat(201),
    `${'x'.repeat(30)} `,
    `${'x'.repeat(30)}\n`,
    'é'.repeat(30),
  ])('refuses the malformed key %j without asking', async (secret) => {
    const { cache, clock } = await setUp();
    expect(await cache.find(secret)).toBeUndefined();
    expect(clock.questions).toBe(0);
  });

  it('keeps its size and its good keys in a flood of unknown ones', async () => {
    const { cache, secret, clock } = await setUp({ mostUnknown: 10 });
    await cache.find(secret);
    for (let flood = 0; flood < 1_000; flood++) await cache.find(newSecret());
    expect(cache.size).toBe(11);
    expect(clock.questions).toBe(1_001);
    await cache.find(secret);
    expect(clock.questions).toBe(1_001);
  });

  it('keeps no more good keys than it may', async () => {
    const { cache, store } = await setUp({ mostKeys: 3 });
    for (const name of ['b', 'c', 'd', 'e', 'f']) {
      const { key, secret } = newKey({ name });
      await store.createKey(key);
      expect((await cache.find(secret))?.name).toBe(name);
    }
    expect(cache.size).toBe(3);
  });

  it('passes on that the store is gone, and asks again', async () => {
    const { cache, store, secret, clock } = await setUp();
    await store.close();
    await expect(cache.find(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect(cache.find(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(clock.questions).toBe(2);
  });

  it('serves a known key for the time of grace while the store cannot be asked, and no other', async () => {
    const { cache, store, secret, made, clock } = await setUp({ graceMs: 10_000 });
    await cache.find(secret);
    await store.close();
    clock.now = KEY_LIFE_MS + 9_999;
    expect(await cache.find(secret)).toEqual(made);
    await expect(cache.find(newSecret())).rejects.toMatchObject({ code: 'store.unavailable' });
    clock.now = KEY_LIFE_MS + 10_000;
    await expect(cache.find(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('does not serve a key in grace that it knows to be revoked', async () => {
    const { cache, store, secret, made, clock } = await setUp({ graceMs: 10_000 });
    await cache.find(secret);
    await store.revokeKey(made.id);
    clock.now = KEY_LIFE_MS;
    expect(await cache.find(secret)).toBeUndefined();
    await store.close();
    clock.now = 2 * KEY_LIFE_MS;
    await expect(cache.find(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('asks anew for a key that it is told of, and forgets it for good', async () => {
    const { cache, store, secret, made } = await setUp({ graceMs: 10_000 });
    const { key, secret: newer } = newKey({ name: 'b' });
    expect(await cache.find(secret)).toEqual(made);
    expect(await cache.find(newer)).toBeUndefined();
    const created = await store.createKey(key);
    cache.forget(key.digest);
    expect(await cache.find(newer)).toEqual(created);
    await store.close();
    cache.forget(digestOf(secret));
    await expect(cache.find(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('asks anew for all keys when it may have missed something, and has them in grace still', async () => {
    const { cache, store, secret, made, clock } = await setUp({ graceMs: 10_000 });
    await cache.find(secret);
    cache.forget(undefined);
    expect(await cache.find(secret)).toEqual(made);
    expect(clock.questions).toBe(2);
    await store.close();
    cache.forget(undefined);
    expect(await cache.find(secret)).toEqual(made);
  });

  it('does not keep an answer to a question from before a change', async () => {
    const { cache, store, secret, made } = await setUp();
    const early = cache.find(secret);
    await store.revokeKey(made.id);
    cache.forget(digestOf(secret));
    expect(await early).toEqual(made);
    expect(await cache.find(secret)).toBeUndefined();
  });

  it('believes an answer for longer as long as it is told of changes', async () => {
    const line = { up: true };
    const { cache, secret, clock } = await setUp({ toldLifeMs: 10_000, told: () => line.up });
    await cache.find(secret);
    clock.now = 9_999;
    await cache.find(secret);
    expect(clock.questions).toBe(1);
    line.up = false;
    await cache.find(secret);
    expect(clock.questions).toBe(2);
    line.up = true;
    clock.now = 9_999 + 10_000;
    await cache.find(secret);
    expect(clock.questions).toBe(3);
  });
});

/** What every backend of the store must do; each one's own test file runs this on itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureFirstKey } from '../../src/store/first-key.ts';
import { type KeyRequest, newKey } from '../../src/store/new-key.ts';
import { digestOf } from '../../src/store/secret.ts';
import type { ApiKey, Reservation, Store, Verdict } from '../../src/store/store.ts';

/** An empty database. Each `open` is a connection of its own to it. */
export interface Backend {
  open(options?: { readonly now?: () => Date }): Promise<Store>;
  /** Removes the database. */
  remove(): Promise<void>;
}

export function storeSuite(fresh: () => Promise<Backend>): void {
  let backend: Backend;
  let store: Store;
  let now: Date;
  beforeEach(async () => {
    now = new Date('2026-01-31T23:59:59.900Z');
    backend = await fresh();
    store = await backend.open({ now: () => now });
  });
  afterEach(async () => {
    await store.close();
    await backend.remove();
  });

  const make = (request: KeyRequest): Promise<ApiKey> => store.createKey(newKey(request).key);
  const reserve = async (key: Pick<ApiKey, 'id' | 'quota'>): Promise<Reservation> => {
    const reservation = await store.reserve(key);
    expect(reservation).toBeDefined();
    return reservation!;
  };
  const answer = async (key: ApiKey, verdict: Verdict) => (await reserve(key)).commit(verdict);
  const counts = async () =>
    (await store.usage()).map(({ day, verdict, count }) => `${day} ${verdict} ${count}`);

  describe('keys', () => {
    it('gives back what was made, by its digest', async () => {
      const { key, secret } = newKey({
        name: 'Zoë 1',
        qps: 2.5,
        quota: 7,
        models: ['a', 'b'],
        expiresAt: '2026-05-01T12:00:00.250Z',
      });
      const made = await store.createKey(key);
      expect(made).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        name: 'Zoë 1',
        prefix: secret.slice(0, 9),
        qps: 2.5,
        quota: 7,
        models: ['a', 'b'],
        createdAt: '2026-01-31T23:59:59.900Z',
        expiresAt: '2026-05-01T12:00:00.250Z',
        revokedAt: null,
      });
      expect(await store.keyByDigest(digestOf(secret))).toEqual(made);
      expect(await store.keyByDigest(digestOf(`${secret}0`))).toBeUndefined();
      expect(await store.keyByDigest(new Uint8Array(digestOf(secret)))).toEqual(made);
      expect(await store.keyById(made.id)).toEqual(made);
      expect(await store.keyById('0123456789abcdef')).toBeUndefined();
      expect(await store.listKeys()).toEqual([made]);
    });

    it('gives a key no end unless it is asked for', async () => {
      expect(await make({ name: 'a' })).toMatchObject({ expiresAt: null });
    });

    it('shows a change to other connections at once', async () => {
      const other = await backend.open();
      const { key, secret } = newKey({ name: 'a' });
      const made = await store.createKey(key);
      expect((await other.keyByDigest(digestOf(secret)))?.revokedAt).toBeNull();
      await store.revokeKey(made.id);
      expect((await other.keyByDigest(digestOf(secret)))?.revokedAt).toBe('2026-01-31T23:59:59.900Z');
      await other.close();
    });

    it('refuses a name that a good key has, and takes it again once that is revoked', async () => {
      const first = await make({ name: 'a' });
      await expect(make({ name: 'a' })).rejects.toMatchObject({ code: 'key.input' });
      await store.revokeKey(first.id);
      const second = await make({ name: 'a' });
      expect((await store.listKeys()).map(({ id, revokedAt }) => [id, revokedAt !== null])).toEqual([
        [first.id, true],
        [second.id, false],
      ]);
    });

    it('refuses a digest that it knows, revoked or not', async () => {
      const { key } = newKey({ name: 'a' });
      const made = await store.createKey(key);
      await store.revokeKey(made.id);
      await expect(store.createKey({ ...key, name: 'b' })).rejects.toMatchObject({ code: 'key.input' });
    });

    it('keeps the first date of a revocation, and knows no key of another id', async () => {
      const { id } = await make({ name: 'a' });
      const revoked = await store.revokeKey(id);
      now = new Date('2026-02-02T00:00:00Z');
      expect(await store.revokeKey(id)).toEqual(revoked);
      expect(await store.revokeKey('0'.repeat(16))).toBeUndefined();
    });

    it('lets one of many make the same name', async () => {
      const others = await Promise.all(Array.from({ length: 5 }, () => backend.open()));
      const results = await Promise.allSettled(
        others.map((other) => other.createKey(newKey({ name: 'a' }).key)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.listKeys()).toHaveLength(1);
      await Promise.all(others.map((other) => other.close()));
    });
  });

  describe('the first key', () => {
    it('is made once, and not again after it was revoked', async () => {
      const made = await ensureFirstKey(store, {});
      if (made.kind !== 'made') throw new Error(`no key was made: ${made.kind}`);
      expect(await store.keyByDigest(digestOf(made.secret))).toEqual(made.key);
      expect(made.key.name).toBe('first');
      await store.revokeKey(made.key.id);
      expect(await ensureFirstKey(store, {})).toEqual({ kind: 'none' });
    });

    it('comes from the environment, over and over', async () => {
      const env = { LPD_BOOTSTRAP_KEY: 'correct-horse-battery' };
      const first = await ensureFirstKey(store, env);
      expect(first).toMatchObject({ kind: 'given', key: { name: 'bootstrap', prefix: 'corre' } });
      expect(await ensureFirstKey(store, env)).toEqual(first);
      expect(await ensureFirstKey(store, {})).toEqual({ kind: 'none' });
      expect(await store.listKeys()).toHaveLength(1);
    });

    it('gives way to another one from the environment, and never comes back', async () => {
      await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: 'old-old-old-old-old-old' });
      await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: 'new-new-new-new-new-new' });
      const old = await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: 'old-old-old-old-old-old' });
      expect(old).toMatchObject({ kind: 'given', key: { revokedAt: expect.any(String) } });
      const current = await store.keyByDigest(digestOf('new-new-new-new-new-new'));
      expect(current).toMatchObject({ name: 'bootstrap', revokedAt: null });
    });

    it.each(['short', 'x'.repeat(201), 'with a space in its mid', 'ümläuts-are-not-ascii-at-all'])(
      'refuses %j from the environment, without repeating it',
      async (secret) => {
        const error = await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: secret }).catch(
          (thrown: unknown) => thrown,
        );
        expect(error).toMatchObject({
          code: 'key.input',
          message: expect.stringContaining('LPD_BOOTSTRAP_KEY'),
        });
        expect(String(error)).not.toContain(secret);
        expect(await store.listKeys()).toEqual([]);
      },
    );
  });

  describe('the books', () => {
    it('have a line for each key, UTC day and verdict', async () => {
      const [a, b] = [await make({ name: 'a' }), await make({ name: 'b' })];
      await answer(b, 'fail');
      await answer(a, 'pass');
      await answer(a, 'pass');
      now = new Date('2026-02-01T00:00:00.000Z');
      await answer(a, 'pass');
      const line = (key: ApiKey, day: string, verdict: Verdict, count: number) => ({
        keyId: key.id,
        keyName: key.name,
        day,
        verdict,
        count,
      });
      const january = [line(a, '2026-01-31', 'pass', 2), line(b, '2026-01-31', 'fail', 1)];
      const february = line(a, '2026-02-01', 'pass', 1);
      expect(await store.usage()).toEqual([...january, february]);
      expect(await store.usage({ since: '2026-02-01' })).toEqual([february]);
      expect(await store.usage({ keyId: b.id })).toEqual([january[1]]);
      expect(await store.usage({ keyId: a.id, since: '2026-02-02' })).toEqual([]);
    });

    it('count a commit before it resolves, for every connection', async () => {
      const other = await backend.open();
      await answer(await make({ name: 'a' }), 'pass');
      expect(await other.usage()).toMatchObject([{ count: 1 }]);
      await other.close();
    });

    it('count once what is committed twice, and nothing that was released', async () => {
      const key = await make({ name: 'a' });
      const reservation = await reserve(key);
      await Promise.all([reservation.commit('pass'), reservation.commit('fail')]);
      reservation.release();
      const released = await reserve(key);
      released.release();
      await released.commit('pass');
      await released.undo();
      expect(await counts()).toEqual(['2026-01-31 pass 1']);
    });

    it('take back what was undone, once, on the day of the answer', async () => {
      const key = await make({ name: 'a' });
      await answer(key, 'pass');
      const reservation = await reserve(key);
      const committed = reservation.commit('pass');
      now = new Date('2026-02-01T00:00:00Z');
      await Promise.all([committed, reservation.undo(), reservation.undo()]);
      expect(await counts()).toEqual(['2026-01-31 pass 1']);
    });

    it('count answers of several connections together', async () => {
      const key = await make({ name: 'a' });
      const others = await Promise.all(Array.from({ length: 4 }, () => backend.open({ now: () => now })));
      const each = Array.from({ length: 25 }, () => others).flat();
      await Promise.all(each.map(async (other) => (await other.reserve(key))?.commit('pass')));
      expect(await counts()).toEqual(['2026-01-31 pass 100']);
      await Promise.all(others.map((other) => other.close()));
    });
  });

  describe('a quota', () => {
    it('of nothing lets nothing through, and none lets all', async () => {
      expect(await store.reserve(await make({ name: 'a', quota: 0 }))).toBeUndefined();
      const unlimited = await make({ name: 'b' });
      for (let images = 0; images < 10; images++) await answer(unlimited, 'pass');
    });

    it('is never overrun, and used to the last image, by many at once', async () => {
      const key = await make({ name: 'a', quota: 20 });
      let [admitted, refused] = [0, 0];
      const request = async (at: number): Promise<void> => {
        const reservation = await store.reserve(key);
        if (reservation === undefined) {
          refused++;
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, at % 7));
        if (at % 3 === 0) {
          reservation.release();
          return request(at + 1);
        }
        await reservation.commit(at % 2 ? 'pass' : 'fail');
        admitted++;
      };
      await Promise.all(Array.from({ length: 50 }, (_, at) => request(at)));
      expect(admitted).toBeLessThanOrEqual(20);
      while (await store.reserve(key).then((free) => free?.commit('pass').then(() => true))) admitted++;
      expect(admitted).toBe(20);
      expect(refused).toBeGreaterThan(0);
      expect((await store.usage()).reduce((sum, { count }) => sum + count, 0)).toBe(20);
    });

    it('gets back what was released or undone', async () => {
      const key = await make({ name: 'a', quota: 1 });
      const released = await reserve(key);
      expect(await store.reserve(key)).toBeUndefined();
      released.release();
      released.release();
      const undone = await reserve(key);
      await undone.commit('pass');
      expect(await store.reserve(key)).toBeUndefined();
      await undone.undo();
      await answer(key, 'fail');
      expect(await store.reserve(key)).toBeUndefined();
    });

    it('remembers what was answered before a restart', async () => {
      const key = await make({ name: 'a', quota: 2 });
      await answer(key, 'pass');
      await store.close();
      store = await backend.open({ now: () => now });
      await answer(key, 'pass');
      expect(await store.reserve(key)).toBeUndefined();
    });
  });

  it('writes what is under way when it is closed, and refuses afterwards', async () => {
    const key = await make({ name: 'a' });
    const reservation = await reserve(key);
    const committed = reservation.commit('pass');
    await Promise.all([store.close(), store.close()]);
    await committed;
    await expect(store.listKeys()).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect((async () => (await store.reserve(key))?.commit('pass'))()).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    store = await backend.open();
    expect(await counts()).toEqual(['2026-01-31 pass 1']);
  });
}

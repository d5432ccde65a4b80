import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKey } from '../../src/store/find-key.ts';
import { newKey } from '../../src/store/new-key.ts';
import { prefixOf, sameDigest } from '../../src/store/secret.ts';
import type { ApiKey } from '../../src/store/store.ts';

describe('a new key', () => {
  it('is 32 random bytes, of which only the digest and nine characters are kept', () => {
    const { key, secret } = newKey({ name: 'a' });
    expect(secret).toMatch(/^sk-[0-9a-f]{64}$/);
    expect(key).toEqual({
      name: 'a',
      qps: 5,
      quota: null,
      expiresAt: null,
      models: ['liveportrait-detect'],
      prefix: secret.slice(0, 9),
      digest: createHash('sha256').update(secret).digest(),
    });
    expect(newKey({ name: 'a' }).secret).not.toBe(secret);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: ' a' }, 'name'],
    [{ name: '=1+1' }, 'name'],
    [{ name: 'a,b' }, 'name'],
    [{ name: 'a\n' }, 'name'],
    [{ name: 'a'.repeat(65) }, 'name'],
    [{ name: 'a', qps: 0 }, 'rate is 0'],
    [{ name: 'a', qps: Number.NaN }, 'rate is NaN'],
    [{ name: 'a', qps: 100_001 }, 'rate is 100001'],
    [{ name: 'a', quota: -1 }, 'quota is -1'],
    [{ name: 'a', quota: 1.5 }, 'quota is 1.5'],
    [{ name: 'a', models: [] }, '0 models'],
    [{ name: 'a', models: ['a b'] }, 'model "a b"'],
  ])('is refused as %j', (request, words) => {
    expect(() => newKey(request)).toThrow(expect.objectContaining({ code: 'key.input' }));
    expect(() => newKey(request)).toThrow(words);
  });

  it('shows at most a quarter of a short one', () => expect(prefixOf('x'.repeat(20))).toHaveLength(5));

  it('is compared by its whole digest', () => {
    expect(sameDigest(Buffer.from('ab'), new Uint8Array([97, 98]))).toBe(true);
    expect(sameDigest(Buffer.from('ab'), Buffer.from('ac'))).toBe(false);
    expect(sameDigest(Buffer.from('ab'), Buffer.from('abc'))).toBe(false);
  });
});

describe('finding a key', () => {
  const key = (id: string, name: string, prefix: string, revokedAt: string | null = null): ApiKey => {
    return { id, name, prefix, qps: 1, quota: null, models: [], createdAt: '', expiresAt: null, revokedAt };
  };
  const keys = [
    key('1', 'a', 'sk-1', '2026-01-01T00:00:00Z'),
    key('2', 'a', 'sk-2'),
    key('3', 'b', 'sk-3', '2026-01-01T00:00:00Z'),
    key('4', 'b', 'sk-3', '2026-01-01T00:00:00Z'),
    key('5', '1', 'sk-5'),
  ];

  it.each([
    ['1', '1'],
    ['a', '2'],
    ['sk-1', '1'],
    ['sk-5', '5'],
  ])('%s is key %s', (wanted, id) => expect(findKey(keys, wanted).id).toBe(id));

  it.each([
    ['c', 'No key'],
    ['', 'No key'],
    ['sk-', 'No key'],
    ['b', 'ids 3, 4'],
    ['sk-3', 'ids 3, 4'],
  ])('%j is refused: %s', (wanted, words) => {
    expect(() => findKey(keys, wanted)).toThrow(words);
    expect(() => findKey(keys, wanted)).toThrow(expect.objectContaining({ code: 'key.unknown' }));
  });
});

/** Equal pictures are inspected once, and counted as often as they are answered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InspectionCache } from '../../src/server/cache.ts';
import { build, serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';

let service: Awaited<ReturnType<typeof build>>;

beforeAll(async () => {
  service = await build(afterAll, { settings: { cache: 2 } });
});

async function inspect(query = '', policy?: object) {
  const body = policy
    ? JSON.stringify({ data: Buffer.from(PORTRAIT).toString('base64'), policy })
    : new Uint8Array(PORTRAIT);
  const headers = { authorization: `Bearer ${service.key.secret}` };
  const response = await fetch(`${service.url}/v1/inspect${query}`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  const { request_id, ...rest } = (await response.json()) as Record<string, unknown>;
  return rest;
}

async function pictures(known: boolean): Promise<number> {
  const metric = await service.metrics.registry.getSingleMetric('lpd_pictures_total')?.get();
  return metric?.values.find(({ labels }) => labels.known === String(known))?.value ?? 0;
}

describe('the cache', () => {
  it('answers equal bytes with the same inspection, and counts them all the same', async () => {
    const first = await inspect();
    expect(await inspect()).toEqual(first);
    expect([await pictures(false), await pictures(true)]).toEqual([1, 1]);
    const usage = await service.store.usage({ keyId: service.key.id });
    expect(usage.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('tells policies apart', async () => {
    const known = await pictures(true);
    const strict = await inspect('', { minFaceWidth: 1280 });
    expect(strict).toMatchObject({ pass: false, reason: 'face.small' });
    expect(await pictures(true)).toBe(known);
    expect(await inspect('', { minFaceWidth: 1280 })).toEqual(strict);
    expect(await pictures(true)).toBe(known + 1);
  });

  it('knows a judgement where no more was asked for, and what was inspected whole everywhere', async () => {
    const other = await build(afterAll, { settings: { cache: 2 }, pool: service.pool });
    const image = await serve(afterAll, (_request, response) => response.end(PORTRAIT));
    const ask = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${other.key.secret}` };
      const response = await fetch(`${other.url}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(200);
      const metric = await other.metrics.registry.getSingleMetric('lpd_pictures_total')?.get();
      const known = metric?.values.find(({ labels }) => labels.known === 'true')?.value ?? 0;
      return { known, body: (await response.json()) as Record<string, unknown> };
    };
    const contract = () =>
      ask('/api/v1/services/aigc/image2video/face-detect', {
        model: 'liveportrait-detect',
        input: { image_url: image },
      });
    const whole = () => ask('/v1/inspect', { url: image });
    expect(await contract()).toMatchObject({ known: 0, body: { output: { pass: true } } });
    expect(await contract()).toMatchObject({ known: 1, body: { output: { pass: true } } });
    const first = await whole();
    expect(first).toMatchObject({ known: 1, body: { pass: true, faces: [{}] } });
    expect(await whole()).toMatchObject({ known: 2, body: { subject: first.body.subject } });
    expect(await contract()).toMatchObject({ known: 3, body: { output: { pass: true } } });
  });

  it('does not answer for a drawing that was never made', async () => {
    const { annotated } = await inspect('?annotated=svg');
    expect(annotated).toMatch(/svg/);
  });
});

describe('InspectionCache', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const judgement = { pass: true, reason: null };
  it('forgets the oldest beyond its bound', () => {
    const cache = new InspectionCache(2);
    const names = ['a', 'b', 'c'].map((text) => cache.keyOf(bytes(text), {}));
    for (const name of names) cache.set(name, judgement);
    expect(names.map((name) => cache.judgement(name) !== undefined)).toEqual([false, true, true]);
  });
  it('of no entries keeps nothing and hashes nothing', () => {
    const cache = new InspectionCache(0);
    expect(cache.keyOf(bytes('a'), {})).toBeNull();
    cache.set(null, judgement);
    expect(cache.judgement(null)).toBeUndefined();
  });
});

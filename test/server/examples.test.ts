/** The project's own pictures through the whole service, each with the verdict that its name promises. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, serve } from './build.ts';

const FOLDER = new URL('../../examples/', import.meta.url);
const PASSING = ['pass', 'group', 'painting', 'sculpture', 'sketch'];
const FAILING = ['none', 'small', 'profile', 'tilted', 'obstructed', 'cut_off'];

let service: Awaited<ReturnType<typeof build>>;
let images: string;

beforeAll(async () => {
  service = await build(afterAll);
  images = await serve(afterAll, (request, response) => {
    response.end(readFileSync(new URL(`.${request.url}`, FOLDER)));
  });
});

async function detect(name: string): Promise<Response> {
  return fetch(`${service.url}/api/v1/services/aigc/image2video/face-detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key.secret}` },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${images}/${name}.jpg` } }),
  });
}

describe('the examples', () => {
  it('are these', () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.jpg'));
    expect(names.sort()).toEqual([...PASSING, ...FAILING].map((name) => `${name}.jpg`).sort());
  });

  it.each(PASSING)('%s passes', async (name) => {
    const response = await detect(name);
    expect(response.headers.get('x-reason')).toBeNull();
    expect(await response.json()).toMatchObject({ output: { pass: true, message: '' } });
  });

  it.each(FAILING)('%s fails with the documented message', async (name) => {
    const response = await detect(name);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-reason')).toBe(`face.${name}`);
    expect(await response.json()).toMatchObject({
      output: { pass: false, message: 'No human face detected.' },
    });
  });
});

/** The typed client as it was built, and the built service. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Library from '../../src/client/index.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { command, serve } from './serving.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const { createClient, ServiceError }: typeof Library = await import(
  new URL('../../dist/client/index.js', import.meta.url).href
);

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../examples/${name}.jpg`, import.meta.url)));
const PORTRAIT = example('pass');
const PROFILE = example('profile');
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

let client: Library.Client;
/** Of a key for two requests a second. */
let slow: Library.Client;
let stranger: Library.Client;
let pictures: string;

const cleanup = cleanupAfterAll();

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'lpd-client-'));
  cleanup(() => rmSync(data, { recursive: true, force: true }));
  const models = ['--models', 'liveportrait-detect,emo-detect-v1'];
  const key = async (name: string, qps: string) =>
    (await command(data, 'keys', 'create', '--name', name, '--qps', qps, ...models)).trim();
  const [fast, few] = [await key('fast', '1000'), await key('few', '2')];
  const { url } = await serve(cleanup, data);
  client = createClient({ baseUrl: url, apiKey: fast });
  slow = createClient({ baseUrl: `${url}/api/v1`, apiKey: few, busyRetries: 10 });
  stranger = createClient({ baseUrl: url, apiKey: 'sk-nobody-knows-this-key' });
  const server = createServer(({ url }, response) =>
    response.end(url === '/profile.jpg' ? PROFILE : PORTRAIT),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => void server.close());
  pictures = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

const failureOf = (work: Promise<unknown>): Promise<Library.ServiceError> =>
  work.then(
    () => expect.fail('It should have failed.'),
    (error) => {
      expect(error).toBeInstanceOf(ServiceError);
      return error;
    },
  );

describe('detect', () => {
  it.each<[string, () => Library.Picture]>([
    ['an address', () => `${pictures}/profile.jpg`],
    ['a URL', () => new URL(`${pictures}/profile.jpg`)],
    ['bytes, which are uploaded', () => PROFILE],
    ['an ArrayBuffer', () => new Uint8Array(PROFILE).buffer],
    ['a Blob', () => new Blob([PROFILE])],
    ['a File with an odd name', () => new File([PROFILE], '../ä;"\r\n.jpg')],
  ])('takes %s', async (_name, picture) => {
    expect(await client.detect(picture())).toEqual({
      pass: false,
      message: 'No human face detected.',
      reason: 'face.profile',
      output: { pass: false, message: 'No human face detected.' },
      requestId: UUID,
    });
  });

  it('gives another model its own answer, as it is', async () => {
    const { pass, output } = await client.detect(PORTRAIT, {
      model: 'emo-detect-v1',
      parameters: { ratio: '1:1' },
    });
    expect(output).toMatchObject({ check_pass: pass });
    expect(await failureOf(client.detect(PORTRAIT, { model: 'none' }))).toMatchObject({
      code: 'model.unknown',
      contractCode: 'InvalidParameter',
    });
  });

  it('waits where the key is over its rate', async () => {
    const verdicts = await Promise.all(Array.from({ length: 5 }, () => slow.detect(`${pictures}/pass.jpg`)));
    expect(verdicts.map(({ pass }) => pass)).toEqual(Array(5).fill(true));
    const refused = Array.from({ length: 5 }, () =>
      slow
        .detect(`${pictures}/pass.jpg`, { busyRetries: 0 })
        .catch(({ code, retryable }) => [code, retryable]),
    );
    expect(await Promise.all(refused)).toContainEqual(['key.rate', true]);
  });
});

describe('inspect', () => {
  it('takes a file with limits, and gives the picture with what was found', async () => {
    const plain = await client.inspect(PROFILE);
    expect(plain).toMatchObject({ inspection: { pass: false, reason: 'face.profile' }, annotated: null });
    expect(plain.inspection).not.toHaveProperty('request_id');
    const { inspection, annotated } = await client.inspect(new Blob([PORTRAIT]), {
      policy: { minFaceWidth: 1000 },
      annotated: 'png',
    });
    expect(inspection.reason).toBe('face.small');
    const { format, width } = await sharp(await annotated?.arrayBuffer()).metadata();
    expect([annotated?.type, format, width]).toEqual(['image/png', 'png', inspection.image.width]);
  });

  it('takes an address', async () => {
    const { inspection, annotated } = await client.inspect(`${pictures}/pass.jpg`, { annotated: 'svg' });
    expect([inspection.pass, annotated?.type]).toEqual([true, 'image/svg+xml']);
  });

  it('tells what is wrong by the tokens of the catalogue, with the numbers', async () => {
    expect(await failureOf(client.inspect(new Uint8Array(0)))).toMatchObject({ code: 'image.empty' });
    expect(await failureOf(client.inspect(Buffer.from('hello')))).toMatchObject({
      code: 'image.unsupported',
      status: 400,
      contractCode: 'InvalidParameter.UnsupportedFileFormat',
      requestId: UUID,
      retryable: false,
    });
    const wrong = client.inspect(PORTRAIT, { policy: { for: 'nothing' } });
    expect((await failureOf(wrong)).message).toContain('sadtalker');
    expect(await failureOf(stranger.inspect(PORTRAIT))).toMatchObject({ status: 401, code: 'key.invalid' });
  });
});

describe('fix', () => {
  it('gives a picture that passes, and says what was done', async () => {
    const tiff = await sharp(PORTRAIT).tiff().toBuffer();
    const { picture, steps, reason, after } = await client.fix(tiff);
    expect([steps.map(({ action }) => action), reason, after?.pass]).toEqual([['convert'], null, true]);
    if (picture === null) expect.fail('There is no picture.');
    expect(picture.type).toBe('image/jpeg');
    expect((await client.inspect(picture)).inspection.pass).toBe(true);
  });

  it('says why there is none', async () => {
    const { picture, reason, advice } = await client.fix(`${pictures}/profile.jpg`);
    expect([picture, reason]).toEqual([null, 'face.profile']);
    expect(advice).not.toBe('');
    expect((await failureOf(client.fix(PORTRAIT, { face: 7 }))).code).toBe('fix.face');
  });
});

describe('jobs', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ url: `${pictures}/${at}/pass.jpg`, id: `no-${at}` }));

  it('are followed to their end, each item once, and forgotten', async () => {
    const { id, total } = await client.jobs.submit(items(20));
    expect(total).toBe(20);
    const names: (string | undefined)[] = [];
    for await (const result of client.jobs.follow(id)) {
      expect(result).toMatchObject({ pass: true, reason: null });
      names.push(result.id);
    }
    expect(names.sort()).toEqual(
      items(20)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await client.jobs.find(id)).toMatchObject({ state: 'done', pass: 20 });
    expect(await client.jobs.cancel(id)).toMatchObject({ state: 'done', answered: 20 });
    const again: number[] = [];
    for await (const { cursor } of client.jobs.results(id)) again.push(cursor);
    expect(again).toHaveLength(20);
    await client.jobs.forget(id);
    expect((await failureOf(client.jobs.find(id))).code).toBe('job.unknown');
    await client.jobs.forget(id);
  });

  it('take a text, a file, and what comes little by little', async () => {
    async function* texts() {
      for (const { url } of items(2)) yield url;
    }
    async function* bytes() {
      for (const { url } of items(3)) yield Buffer.from(`${url}\n`);
    }
    const lists: [Library.JobList, number][] = [
      [`${pictures}/a.jpg\n`, 1],
      [new Blob([`${pictures}/a.jpg\n`]), 1],
      [texts(), 2],
      [bytes(), 3],
    ];
    for (const [list, count] of lists) {
      const { id, total } = await client.jobs.submit(list, { for: 'sadtalker' });
      expect(total).toBe(count);
      expect(await client.jobs.cancel(id)).toMatchObject({ for: 'sadtalker' });
    }
  });

  it('say which line is wrong; what stands in an address ends no line', async () => {
    expect((await failureOf(client.jobs.submit('http://a/\n{"url"'))).message).toContain('Line 2');
    const two = ['http://127.0.0.1:1/a\nhttp://127.0.0.1:1/b'];
    expect(await client.jobs.submit(two)).toMatchObject({ total: 1 });
  });
});

/** The vendor's other models on its path: limits, parameters, checks, answers, keys and names, over a real service. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DetectAnswerSchema } from '../../src/wire/contract-schema.ts';
import { fullBody, halfBody } from './bodies.ts';
import { build, serve } from './build.ts';
import { blank, PORTRAIT } from './pictures.ts';

const BASE = '/api/v1/services/aigc/image2video/';
const EMO = 'emo-detect-v1';
const EMOJI = 'emoji-detect-v1';
const S2V = 'wan2.2-s2v-detect';
const AA = 'animate-anyone-detect-gen2';
const ALL = ['liveportrait-detect', EMO, EMOJI, S2V, AA];

type Service = Awaited<ReturnType<typeof build>>;
let service: Service;
let secret: string;
let images: string;
const files = new Map<string, Uint8Array>();
const example = (name: string) => sharp(new URL(`../../examples/${name}.jpg`, import.meta.url).pathname);

beforeAll(async () => {
  const settings = {
    deadlineMs: 30_000,
    modelNames: [['my-emo', EMO]] as const,
  };
  service = await build(afterAll, { settings });
  secret = (await service.createKey({ models: ALL, qps: 1000 })).secret;
  images = await serve(afterAll, (request, response) => {
    const file = files.get(request.url ?? '');
    if (file) response.end(file);
    else response.writeHead(404).end();
  });
  const large = { width: 800 };
  files.set('/portrait', await sharp(PORTRAIT).resize(large).jpeg().toBuffer());
  files.set('/sharp', await sharp(PORTRAIT).resize({ width: 400, height: 400 }).png().toBuffer());
  for (const name of ['group', 'profile', 'obstructed', 'tilted', 'cut_off', 'none'])
    files.set(`/${name}`, await example(name).resize(large).jpeg().toBuffer());
  files.set(
    '/leaning',
    await sharp(PORTRAIT).resize(large).rotate(35, { background: '#778899' }).jpeg().toBuffer(),
  );
  files.set(
    '/mouth',
    await sharp(new URL('../fixtures/drawn/mouth-open.jpg', import.meta.url).pathname)
      .resize(large)
      .jpeg()
      .toBuffer(),
  );
  files.set('/dark', await sharp(PORTRAIT).resize(large).linear(0.12, 0).jpeg().toBuffer());
  files.set('/half', await halfBody());
  files.set('/full', await fullBody());
  files.set('/webp', await blank(400, 400, 'webp'));
  files.set('/5mb', Buffer.concat([await blank(400, 400, 'jpeg'), Buffer.alloc(5 * 1024 * 1024)]));
  files.set('/223', await blank(223, 400));
  files.set('/4097', await blank(4097, 3000));
  files.set('/aspect', await blank(801, 400));
  files.set('/399', await blank(399, 800));
  files.set('/400', await blank(400, 800));
  files.set('/strip', await blank(400, 7000));
  files.set('/7000', await sharp(PORTRAIT).resize(7000, 7000).jpeg({ quality: 60 }).toBuffer());
  files.set('/7001', await blank(7001, 500));
});

async function ask(
  model: string,
  file: string,
  more: object = {},
  key = secret,
  to: Service = service,
  path = model === AA ? 'aa-detect' : 'face-detect',
) {
  const body = JSON.stringify({ model, input: { image_url: `${images}/${file}` }, ...more });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${to.url}${BASE}${path}`, { method: 'POST', headers, body });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, reason: response.headers.get('x-reason'), answer, output: answer.output };
}

describe('a portrait that passes', () => {
  it.each([
    [EMO, { check_pass: true, face_bbox: expect.any(Array), ext_bbox: expect.any(Array) }],
    [EMOJI, { bbox_face: expect.any(Array), ext_bbox_face: expect.any(Array) }],
    [S2V, { check_pass: true, humanoid: true }],
    ['liveportrait-detect', { pass: true, message: '' }],
  ])('%s', async (model, output) => {
    const { status, reason, answer } = await ask(model, 'portrait');
    expect({ status, reason }).toEqual({ status: 200, reason: null });
    expect(answer).toEqual({ output, usage: { image_count: 1 }, request_id: expect.any(String) });
    expect(Object.keys(answer)).toEqual(['output', 'usage', 'request_id']);
    expect(DetectAnswerSchema.safeParse(answer).success).toBe(true);
  });

  it('has a region in the shape of the ratio around the face, inside the picture', async () => {
    const boxes = async (parameters: object) =>
      (await ask(EMO, 'half', { parameters })).output as { face_bbox: number[]; ext_bbox: number[] };
    for (const [parameters, high] of [
      [{}, 1],
      [{ ratio: '1:1' }, 1],
      [{ ratio: '3:4' }, 4 / 3],
    ] as const) {
      const { face_bbox: face, ext_bbox: region } = await boxes(parameters);
      const [x1, y1, x2, y2] = region as [number, number, number, number];
      expect(region.every(Number.isInteger)).toBe(true);
      expect((y2 - y1) / (x2 - x1)).toBeCloseTo(high, 1);
      expect(x1 <= face[0]! && y1 <= face[1]! && x2 >= face[2]! && y2 >= face[3]!).toBe(true);
      expect(Math.min(x1, y1) >= 0 && Math.max(x2, y2) <= 1200).toBe(true);
    }
  });
});

describe('a picture that is refused', () => {
  it.each<[string, string, string, string]>([
    [EMO, 'none', 'face.none', 'InvalidFile.NoHuman'],
    [EMO, 'group', 'face.several', 'InvalidFile.MultiHuman'],
    [EMO, 'profile', 'face.profile', 'InvalidFile.FacePose'],
    [EMO, 'tilted', 'face.tilted', 'InvalidFile.FacePose'],
    [EMO, 'obstructed', 'face.obstructed', 'InvalidFile.FullFace'],
    [EMO, 'cut_off', 'face.cut_off', 'InvalidFile.FullFace'],
    [EMO, 'dark', 'face.dark', 'InvalidFile.Value'],
    [EMOJI, 'group', 'face.several', 'InvalidFile.MultiHuman'],
    [EMOJI, 'leaning', 'face.leaning', 'InvalidFile.FacePose'],
    [EMOJI, 'mouth', 'face.mouth_open', 'InvalidFile.FacePose'],
    [EMOJI, 'obstructed', 'face.obstructed', 'InvalidFile.FullFace'],
    [S2V, 'none', 'face.none', 'InvalidFile.NoHuman'],
    [S2V, 'group', 'face.several', 'InvalidFile.MultiHuman'],
  ])('%s: %s', async (model, file, why, code) => {
    const { status, reason, output } = await ask(model, file);
    expect({ status, reason }).toEqual({ status: 200, reason: why });
    const flag = model === EMOJI ? {} : { check_pass: false };
    expect(output).toEqual({ ...flag, code, message: expect.stringMatching(/^The .+\.$/) });
  });

  it('is none for a model that does not ask for it', async () => {
    expect((await ask(EMO, 'mouth')).output).toMatchObject({ check_pass: true });
    expect((await ask('liveportrait-detect', 'group')).output).toEqual({ pass: true, message: '' });
  });
});

describe('bodies', () => {
  it('EMO wants half of one with the ratio 3:4', async () => {
    const parameters = { ratio: '3:4' };
    expect((await ask(EMO, 'half', { parameters })).output).toMatchObject({ check_pass: true });
    const { reason, output } = await ask(EMO, 'portrait', { parameters });
    expect(reason).toBe('body.cut_off');
    expect(output).toMatchObject({ check_pass: false, code: 'InvalidFile.FullBody' });
  });
  it.each([
    ['half', { check_pass: true, bodystyle: 'half' }],
    ['full', { check_pass: true, bodystyle: 'full' }],
  ])('AnimateAnyone takes one and says how much there is: %s', async (file, output) => {
    const { status, answer } = await ask(AA, file);
    expect(status).toBe(200);
    expect(answer).toEqual({ output, usage: { image_count: 1 }, request_id: expect.any(String) });
    expect(DetectAnswerSchema.safeParse(answer).success).toBe(true);
  });
  it.each([
    ['portrait', 'body.cut_off', 'whole body and expected orientation.'],
    ['none', 'face.none', 'no human body.'],
    ['group', 'face.several', 'multi human bodies.'],
    ['profile', 'face.profile', 'with the front view.'],
  ])('AnimateAnyone refuses: %s', async (file, why, words) => {
    const { status, reason, output } = await ask(AA, file);
    expect({ status, reason }).toEqual({ status: 200, reason: why });
    expect(output).toEqual({ check_pass: false, reason: expect.stringContaining(words) });
  });
  it.each([
    ['223', 'file.edges', 'InvalidFile.Resolution', 'larger than 224.'],
    ['4097', 'file.edges', 'InvalidFile.Resolution', 'smaller than 4096,'],
    ['aspect', 'file.aspect', 'InvalidFile.AspectRatio', 'between 2.0 and 0.5.'],
    ['5mb', 'file.size', 'InvalidFile.Size', 'smaller than 5MB.'],
    ['webp', 'image.unsupported', 'InvalidParameter.UnsupportedFileFormat', 'not supported.'],
  ])('AnimateAnyone looks at no such file: %s', async (file, why, code, words) => {
    const { status, reason, answer } = await ask(AA, file);
    expect({ status, reason }).toEqual({ status: 400, reason: why });
    expect(answer).toMatchObject({ code, message: expect.stringContaining(words) });
  });
  it('each model is on its own path', async () => {
    expect((await ask(AA, 'none', {}, secret, service, 'face-detect')).reason).toBe('model.unknown');
    expect((await ask(EMO, 'none', {}, secret, service, 'aa-detect')).reason).toBe('model.unknown');
    const portraits = await service.createKey();
    expect((await ask(AA, 'none', {}, portraits.secret)).reason).toBe('key.model');
  });
});

describe('edges', () => {
  it.each([EMO, EMOJI, S2V])('%s: 400 to 7000, and any shape', async (model) => {
    for (const file of ['399', '7001']) {
      const { status, reason, answer } = await ask(model, file);
      expect({ status, reason }).toEqual({ status: 400, reason: 'file.resolution' });
      expect(answer).toEqual({
        code: 'InvalidFile.Resolution',
        message:
          'The image resolution is invalid, please make sure that the largest length of image is smaller than 7000, and the smallest length of image is larger than 400.',
        request_id: expect.any(String),
      });
    }
    for (const file of ['400', 'strip']) expect((await ask(model, file)).reason).toBe('face.none');
  });
  it('of 7000 both ways are decoded', async () => {
    expect((await ask(S2V, '7000')).output).toEqual({ check_pass: true, humanoid: true });
  }, 40_000);
  it("stay the contract's for LivePortrait", async () => {
    expect((await ask('liveportrait-detect', '7000')).reason).toBe('image.edge');
    expect((await ask('liveportrait-detect', 'strip')).reason).toBe('image.edge');
    expect((await ask('liveportrait-detect', '399')).reason).toBe('image.aspect');
  });
});

describe('keys and names', () => {
  it('a key may use the models that it names, and no others', async () => {
    const only = await service.createKey({ models: [EMO] });
    expect((await ask(EMO, 'none', {}, only.secret)).status).toBe(200);
    for (const model of ['liveportrait-detect', EMOJI]) {
      const { status, reason } = await ask(model, 'none', {}, only.secret);
      expect({ status, reason }).toEqual({ status: 403, reason: 'key.model' });
    }
  });
  it("an operator's name is the model, for a key that may use either", async () => {
    expect((await ask('my-emo', 'none')).output).toMatchObject({ check_pass: false });
    const named = await service.createKey({ models: ['my-emo'] });
    expect((await ask('my-emo', 'none', {}, named.secret)).status).toBe(200);
    expect((await ask(EMO, 'none', {}, named.secret)).reason).toBe('key.model');
    expect((await ask('your-emo', 'none')).reason).toBe('model.unknown');
  });
  it('Emoji has a fifth of the rate, the others all of it', async () => {
    const { secret: usual } = await service.createKey({ models: ALL, qps: 5 });
    // Both at once: one after the other, a busy machine may take the second that one stands for.
    const twice = async (model: string) => {
      const answers = await Promise.all([1, 2].map(() => ask(model, 'none', {}, usual)));
      return answers.map(({ status }) => status).sort();
    };
    expect(await twice(EMO)).toEqual([200, 200]);
    expect(await twice(EMOJI)).toEqual([200, 429]);
  });
  it('each answer counts one image, an error none', async () => {
    const { id, secret: own } = await service.createKey({ models: ALL, qps: 100 });
    for (const file of ['portrait', 'none', '399', 'nothing']) await ask(EMO, file, {}, own);
    const usage = await service.store.usage({ keyId: id });
    expect(usage.map(({ verdict, count }) => [verdict, count]).sort()).toEqual([
      ['fail', 1],
      ['pass', 1],
    ]);
  });
});

describe('refusals as errors, as users of the live wan2.2-s2v-detect saw them', () => {
  it('are 400 with code and message, and are not counted; others stay as they are', async () => {
    const settings = { refusalsAsErrors: [S2V] };
    const strict = await build(afterAll, { settings, pool: service.pool });
    const key = await strict.createKey({ models: ALL });
    const { status, reason, answer } = await ask(S2V, 'none', {}, key.secret, strict);
    expect({ status, reason }).toEqual({ status: 400, reason: 'face.none' });
    expect(answer).toEqual({
      code: 'InvalidFile.NoHuman',
      message: 'The input image has no human body. Please upload other image with single person.',
      request_id: expect.any(String),
    });
    expect(await strict.store.usage({ keyId: key.id })).toEqual([]);
    expect((await ask(EMO, 'none', {}, key.secret, strict)).status).toBe(200);
    expect((await ask(S2V, 'portrait', {}, key.secret, strict)).output).toEqual({
      check_pass: true,
      humanoid: true,
    });
  });
});

/** Advice by `Accept-Language` on our own paths; the vendor's path answers its own words, whoever asks. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, serve } from './build.ts';
import { blank, OBSTRUCTED } from './pictures.ts';

let service: Awaited<ReturnType<typeof build>>;
let images: string;

beforeAll(async () => {
  service = await build(afterAll, { settings: { corsOrigins: ['*'] } });
  const empty = await blank(300, 300);
  images = await serve(afterAll, ({ url }, response) => response.end(url === '/blank' ? empty : OBSTRUCTED));
});

async function ask(path: string, body: string | Uint8Array<ArrayBuffer>, language: string | null) {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.key.secret}`,
      // Left out, the client would send one of its own.
      'accept-language': language ?? '',
      origin: 'https://a.example',
    },
    body,
  });
  return { headers: response.headers, text: await response.text() };
}

const picture = new Uint8Array(OBSTRUCTED);

it.each([
  ['zh-CN,zh;q=0.9', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['fr, zh-TW;q=0.5, en;q=0.4', 'zh-CN'],
  ['zh;q=0, en', 'en'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['fr', 'en'],
  ['*', 'en'],
  [';;;=,,q', 'en'],
  [`${'x-y,'.repeat(2_000)}zh`, 'zh-CN'],
])('"%s" is answered in %s', async (asked, language) => {
  const { headers, text } = await ask('/v1/inspect', picture, asked);
  expect(headers.get('content-language')).toBe(language);
  expect(headers.get('vary')?.toLowerCase().split(', ')).toEqual(
    expect.arrayContaining(['origin', 'accept-language']),
  );
  expect(headers.get('x-reason')).toBe('face.obstructed');
  const advice = JSON.parse(text).checks.find(({ id }: { id: string }) => id === 'visible').advice;
  if (language === 'en')
    expect(advice).toMatch(/^A mask or cloth very likely covers .+\(\d+%, limit 50%\)\. Use/);
  else expect(advice).toMatch(/^很可能有口罩或布料遮挡了鼻子、嘴和下巴（\d+%，阈值 50%）。请换一张/);
});

it('tells the same of a picture but for its advice', async () => {
  const [english, chinese] = await Promise.all(
    ['en', 'zh-CN'].map(async (language) => JSON.parse((await ask('/v1/inspect', picture, language)).text)),
  );
  const plain = (answer: { checks: object[] }) => ({
    ...answer,
    request_id: '',
    checks: answer.checks.map((check) => ({ ...check, advice: '' })),
  });
  expect(plain(chinese)).toEqual(plain(english));
});

it("says in the reader's language why a picture cannot be repaired, and what was done", async () => {
  const covered = JSON.parse((await ask('/v1/fix', picture, 'zh-CN')).text);
  expect(covered).toMatchObject({ pass: false, reason: 'face.obstructed' });
  expect(covered.advice).toMatch(/^很可能有口罩/);
  const { headers } = await ask('/v1/fix', picture, 'zh-CN');
  expect(headers.get('content-language')).toBe('zh-CN');
});

it.each(['/covered', '/blank', '/..'])(
  "the vendor's path answers %s the same in every language",
  async (name) => {
    const body = JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${images}${name}` } });
    const path = '/api/v1/services/aigc/image2video/face-detect';
    const answers = await Promise.all(['en', 'zh-CN', null].map((language) => ask(path, body, language)));
    const bytes = answers.map(({ text, headers }) => {
      expect(headers.get('content-language')).toBeNull();
      return text.replace(headers.get('x-request-id')!, 'ID');
    });
    expect(new Set(bytes).size).toBe(1);
    expect(bytes[0]).not.toMatch(/[\u4e00-\u9fff]/);
  },
);

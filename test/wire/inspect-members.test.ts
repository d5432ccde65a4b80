/** What is told of a JSON object that should have a picture and has none, in English and in Chinese. */
import { expect, test } from 'vitest';
import { messageIn } from '../../src/core/words/details.ts';
import { parseInspectBody } from '../../src/wire/inspect-request.ts';

const refusalOf = (body: unknown) =>
  parseInspectBody(Buffer.from(JSON.stringify(body)), async () => undefined).then(
    () => expect.unreachable(),
    (error) => error,
  );
const ALL = 'there are: "url", "data", "policy".';

test.each([
  [{}, 'The member "url" is missing, or "data" with the file in base64.'],
  [{ policy: {} }, 'The member "url" is missing, or "data" with the file in base64.'],
  [{ image_url: 'http://a/' }, 'There is no member "image_url"; "url" is meant.'],
  [{ imageUrl: 'http://a/' }, 'There is no member "imageUrl"; "url" is meant.'],
  [{ URL: 'http://a/' }, 'There is no member "URL"; "url" is meant.'],
  [{ image_base64: 'aaaa' }, 'There is no member "image_base64"; "data" is meant.'],
  [{ url: 'http://a/', polcy: {} }, 'There is no member "polcy"; "policy" is meant.'],
  [{ url: 'http://a/', image_url: 'http://a/' }, `There is no member "image_url"; ${ALL}`],
  [{ model: 'liveportrait-detect', input: {} }, `There is no member "model"; ${ALL}`],
  [{ ['x'.repeat(41)]: 1 }, 'A member has a name other than these: "url", "data", "policy".'],
  [{ 'http://a/?token=x': 1 }, 'A member has a name other than these: "url", "data", "policy".'],
  [{ url: 'http://a/', data: 'aaaa' }, '"url" and "data" are both there; only one of them may be.'],
  [{ url: '' }, 'The member "url" is empty or not a string.'],
  [{ data: 1 }, 'The member "data" is empty or not a string.'],
])('%j', async (body, message) => {
  const error = await refusalOf(body);
  expect(error).toMatchObject({ code: 'body.invalid', message });
  expect(messageIn('zh-CN', error)).toMatch(/[\u4e00-\u9fff].*。$/);
});

test('an array is told to be no object', async () => {
  expect((await refusalOf([])).message).toBe('The request body is not a JSON object.');
});

test.each([{ policy: { maxYaw: 91 } }, { image_url: 'http://a/', policy: { for: 'halo' } }])(
  'a policy that is wrong as well is told first: %j',
  async (body) => {
    expect((await refusalOf(body)).code).toBe('policy.invalid');
  },
);

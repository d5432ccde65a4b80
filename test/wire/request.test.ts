import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { parseDetectRequest } from '../../src/wire/request.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const reasonOf = (body: Uint8Array | undefined) => {
  try {
    parseDetectRequest(body);
  } catch (error) {
    return error instanceof DetectError ? error.code : error;
  }
  return 'accepted';
};
const input = { image_url: 'http://a/a.jpg' };
const model = 'liveportrait-detect';

describe('parseDetectRequest', () => {
  it.each<[string, unknown, string]>([
    ['a request as documented', { model, input }, 'accepted'],
    ['parameters', { model, input, parameters: {} }, 'accepted'],
    ['a ratio that the model ignores', { model, input, parameters: { ratio: 7 } }, 'accepted'],
    ['EMO', { model: 'emo-detect-v1', input }, 'accepted'],
    ['EMO, with a null for parameters', { model: 'emo-detect-v1', input, parameters: null }, 'accepted'],
    [
      'EMO, with a null for its ratio',
      { model: 'emo-detect-v1', input, parameters: { ratio: null } },
      'accepted',
    ],
    ['EMO, a head', { model: 'emo-detect-v1', input, parameters: { ratio: '1:1' } }, 'accepted'],
    ['EMO, half a body', { model: 'emo-detect-v1', input, parameters: { ratio: '3:4' } }, 'accepted'],
    ['EMO, another shape', { model: 'emo-detect-v1', input, parameters: { ratio: '16:9' } }, 'ratio.value'],
    ['EMO, a number', { model: 'emo-detect-v1', input, parameters: { ratio: 1 } }, 'ratio.value'],
    ['Emoji', { model: 'emoji-detect-v1', input }, 'accepted'],
    ['Emoji, a head', { model: 'emoji-detect-v1', input, parameters: { ratio: '1:1' } }, 'accepted'],
    ['Emoji, half a body', { model: 'emoji-detect-v1', input, parameters: { ratio: '3:4' } }, 'ratio.value'],
    ['Wan2.2-S2V', { model: 'wan2.2-s2v-detect', input }, 'accepted'],
    ['a ratio and no url', { model: 'emo-detect-v1', input: {}, parameters: { ratio: 'x' } }, 'url.missing'],
    ['unknown members', { model, input: { ...input, a: [1] }, resources: null }, 'accepted'],
    ['an array', [], 'body.invalid'],
    ['null', null, 'body.invalid'],
    ['a string', 'x', 'body.invalid'],
    ['no model', { input }, 'model.missing'],
    ['a null model', { model: null, input }, 'model.missing'],
    ['an empty model', { model: '', input }, 'model.missing'],
    ['another model', { model: 'liveportrait', input }, 'model.unknown'],
    ['a model with a space', { model: `${model} `, input }, 'model.unknown'],
    ['no input', { model }, 'input.missing'],
    ['a null input', { model, input: null }, 'input.missing'],
    ['a string as input', { model, input: 'http://a/a.jpg' }, 'input.type'],
    ['an array as input', { model, input: [input] }, 'input.type'],
    ['no url', { model, input: {} }, 'url.missing'],
    ['a null url', { model, input: { image_url: null } }, 'url.missing'],
    ['an empty url', { model, input: { image_url: '' } }, 'url.missing'],
    ['a number as url', { model, input: { image_url: 1 } }, 'url.type'],
    ['an array as url', { model, input: { image_url: ['http://a'] } }, 'url.type'],
    ['a number as model', { model: 7, input }, 'model.type'],
  ])('%s', (_name, body, reason) => expect(reasonOf(encode(body))).toBe(reason));

  it.each<[string, unknown, string]>([
    ['an unknown model goes before a missing input', { model: 'x' }, 'model.unknown'],
    ['a missing input goes before the type of the model', { model: 7 }, 'input.missing'],
    ['a missing url goes before the type of the model', { model: 7, input: {} }, 'url.missing'],
    ['a missing model goes before a wrong input', { input: 1 }, 'model.missing'],
  ])('%s', (_name, body, reason) => expect(reasonOf(encode(body))).toBe(reason));

  it('takes a byte order mark, but no other bytes that are no UTF-8', () => {
    const json = encode({ model, input });
    expect(reasonOf(new Uint8Array([0xef, 0xbb, 0xbf, ...json]))).toBe('accepted');
    expect(reasonOf(new Uint8Array([0xff, 0xfe, ...json]))).toBe('body.invalid');
    expect(reasonOf(undefined)).toBe('body.invalid');
    expect(reasonOf(new Uint8Array())).toBe('body.invalid');
    expect(reasonOf(json.subarray(0, -1))).toBe('body.invalid');
  });

  it('does not read members from a prototype', () => {
    const text = `{"__proto__": {"model": "${model}", "input": {"image_url": "http://a"}}}`;
    expect(reasonOf(new TextEncoder().encode(text))).toBe('model.missing');
  });

  it('ends every JSON value and every run of bytes in a request or a DetectError', () => {
    const member = fc.oneof(fc.constant(model), fc.constant(input), fc.jsonValue());
    const body = fc.record({ model: member, input: member }, { requiredKeys: [] });
    fc.assert(fc.property(body, (value) => typeof reasonOf(encode(value)) === 'string'));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => reasonOf(bytes) === 'body.invalid'));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { type JsonLimits, readJsonObject } from '../../src/wire/json.ts';

const LIMITS: JsonLimits = { bytes: 1_000, values: 100 };
const encode = (text: string) => new TextEncoder().encode(text);
const codeOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return error instanceof DetectError ? error.code : error;
  }
  return 'read';
};
const read = (text: string, heavy?: string) => codeOf(() => readJsonObject(encode(text), LIMITS, heavy));

describe('readJsonObject', () => {
  it('gives what JSON.parse gives, whatever is cut out', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(object, fc.base64String(), fc.boolean(), (rest, data, pretty) => {
        const text = JSON.stringify({ ...rest, data }, null, pretty ? 2 : 0);
        const limits = { bytes: 100_000, values: 10_000 };
        const { value, heavy } = readJsonObject(encode(text), limits, 'data');
        expect(value).toEqual({ ...JSON.parse(text), data: '' });
        expect(Buffer.from(heavy ?? []).toString()).toBe(data);
        expect(readJsonObject(encode(text), limits).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['just as many bytes', `{"a":"${'x'.repeat(LIMITS.bytes - 8)}"}`, 'read'],
    ['one byte more', `{"a":"${'x'.repeat(LIMITS.bytes - 7)}"}`, 'body.too_large'],
    ['blanks to the limit', ' '.repeat(LIMITS.bytes), 'body.invalid'],
    ['blanks beyond', ' '.repeat(LIMITS.bytes + 1), 'body.too_large'],
    ['a string without an end', '{"a":"', 'body.invalid'],
    ['a string that ends in a backslash', '{"a":"\\', 'body.invalid'],
    ['just as many values', `{"a":[${'1,'.repeat(LIMITS.values - 3)}1]}`, 'read'],
    ['one value more', `{"a":[${'1,'.repeat(LIMITS.values - 2)}1]}`, 'body.invalid'],
    ['deep ones', `{"a":${'['.repeat(31)}${']'.repeat(31)}}`, 'read'],
    ['too deep ones', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'body.invalid'],
    ['brackets in a string', `{"a":"${'['.repeat(500)}"}`, 'read'],
    ['an array', '[]', 'body.invalid'],
    ['closing brackets', ']]]]}}}}', 'body.invalid'],
    ['nothing', '', 'body.invalid'],
  ])('%s', (_, text, code) => expect(read(text)).toBe(code));

  it('takes no object of many members', () => {
    const object = (count: number) => `{${Array.from({ length: count }, (_, at) => `"${at}":1`).join(',')}}`;
    const limits = { bytes: 100_000, values: 10_000 };
    expect(readJsonObject(encode(object(256)), limits).value).toHaveProperty('255', 1);
    expect(codeOf(() => readJsonObject(encode(object(257)), limits))).toBe('body.invalid');
  });

  it.each([
    ['of any length', `{"data":"${'A'.repeat(5_000)}"}`, 'read'],
    ['of another level', `{"a":{"data":"${'A'.repeat(5_000)}"}}`, 'body.too_large'],
    ['of another name', `{"dat":"${'A'.repeat(5_000)}"}`, 'body.too_large'],
    ['as a value', `{"a":"data","b":"${'A'.repeat(5_000)}"}`, 'body.too_large'],
    ['twice', '{"data":"","data":""}', 'body.invalid'],
    ['with an escaped quote', '{"data":"a\\"b"}', 'body.invalid'],
    ['that is not text', '{"data":5}', 'read'],
    ['without an end', '{"data":"aaaa', 'body.invalid'],
    ['before a long rest', `{"data":"","b":"${'A'.repeat(1_000)}"}`, 'body.too_large'],
  ])('a heavy member %s', (_, text, code) => expect(read(text, 'data')).toBe(code));
});

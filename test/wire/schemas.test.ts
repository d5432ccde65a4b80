/** What the API's description says of a body is what the parsers do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSPECT_BODY_LIMIT } from '../../src/wire/body-limit.ts';
import { DetectBodySchema } from '../../src/wire/contract-schema.ts';
import { parseInspectBody, parsePolicyText } from '../../src/wire/inspect-request.ts';
import { MODEL, parseDetectRequest } from '../../src/wire/request.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const pause = async () => undefined;
const accepts = (parse: () => unknown) => {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
};

describe('the contract', () => {
  it('is accepted where the schema accepts it', () => {
    const url = fc.oneof(fc.constantFrom('http://a', ''), fc.jsonValue());
    const input = fc.oneof(fc.record({ image_url: url }, { requiredKeys: [] }), fc.jsonValue());
    const model = fc.oneof(fc.constant(MODEL), fc.jsonValue());
    const body = fc.record({ model, input }, { requiredKeys: [] });
    fc.assert(
      fc.property(body, (value) => {
        // Through JSON, so that both see the same value.
        const sent: unknown = JSON.parse(JSON.stringify(value));
        return DetectBodySchema.safeParse(sent).success === accepts(() => parseDetectRequest(encode(sent)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('our own request', () => {
  it('reads base64, a data URI and base64url alike', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const text = Buffer.from(bytes).toString('base64');
    for (const data of [
      text,
      `data:image/png;base64,${text}`,
      text.replaceAll('+', '-').replaceAll('/', '_'),
    ]) {
      const request = await parseInspectBody(encode({ data }), pause);
      expect('bytes' in request && Uint8Array.from(request.bytes)).toEqual(bytes);
    }
  });

  it('takes any bytes that are no JSON for a picture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
        fc.pre(!/^[\s[{\xef\xbb\xbf]/.test(String.fromCharCode(bytes[0]!)));
        const request = await parseInspectBody(bytes, pause);
        return 'bytes' in request && request.bytes === bytes;
      }),
    );
  });

  it.each([
    ['a byte order mark', '\ufeff'],
    ['a byte order mark and a line', '\ufeff\r\n'],
    ['16 blanks', ' '.repeat(16)],
    ['many blanks', '\r\n\t '.repeat(1_000)],
  ])('knows JSON behind %s', async (_name, before) => {
    const body = (json: string) => new TextEncoder().encode(before + json);
    expect(await parseInspectBody(body('{"url": "http://a/"}'), pause)).toEqual({
      url: 'http://a/',
      policy: {},
    });
    const { bytes } = (await parseInspectBody(body('{"data": "AAEC"}'), pause)) as { bytes: Uint8Array };
    expect([...bytes]).toEqual([0, 1, 2]);
    for (const json of ['{', '[]', '{"other": 1}'])
      await expect(parseInspectBody(body(json), pause)).rejects.toMatchObject({ code: 'body.invalid' });
  });

  it('looks for JSON no further than its limit', async () => {
    const blanks = new Uint8Array(10 * 1024 * 1024).fill(0x20);
    const start = performance.now();
    const request = await parseInspectBody(blanks, pause);
    expect(performance.now() - start).toBeLessThan(100);
    expect('bytes' in request && request.bytes === blanks).toBe(true);
  });

  it('keeps the limits that were sent, and no others', () => {
    expect(parsePolicyText('{"maxYaw": 30, "enforce": []}')).toEqual({ maxYaw: 30, enforce: [] });
  });

  it('has room for the largest picture in base64', () => {
    const largest = 10 * 1024 * 1024 - 1;
    expect(INSPECT_BODY_LIMIT).toBeGreaterThan(
      Math.ceil(largest / 3) * 4 + '{"data":"data:image/jpeg;base64,"}'.length,
    );
  });
});

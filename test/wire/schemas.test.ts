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
        fc.pre(!/^[\s[{]/.test(String.fromCharCode(bytes[0]!)));
        const request = await parseInspectBody(bytes, pause);
        return 'bytes' in request && request.bytes === bytes;
      }),
    );
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

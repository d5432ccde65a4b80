import { describe, expect, it } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { asDetectError, errorAnswer, successBody } from '../../src/wire/answer.ts';
import { liveportraitDetect } from '../../src/wire/models/liveportrait-detect.ts';
import { outputOf } from '../../src/wire/served-model.ts';

const id = '0b9f3b1e-5a0f-4d3f-9a51-3f6d6a0b8f0e';

describe('successBody', () => {
  it('has the documented members in the documented order', () => {
    const output = (pass: boolean) =>
      outputOf(liveportraitDetect, { pass, reason: pass ? null : 'face.small' }, '1:1');
    expect(JSON.stringify(successBody(output(true), id))).toBe(
      `{"output":{"pass":true,"message":""},"usage":{"image_count":1},"request_id":"${id}"}`,
    );
    expect(JSON.stringify(successBody(output(false), id))).toBe(
      `{"output":{"pass":false,"message":"No human face detected."},"usage":{"image_count":1},"request_id":"${id}"}`,
    );
  });
});

describe('errorAnswer', () => {
  it('is flat and has nothing but code, message and request_id', () => {
    const answer = errorAnswer('image.unsupported', id, 'POST');
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toBe(
      `{"code":"InvalidParameter.UnsupportedFileFormat","message":"Input files format not supported.","request_id":"${id}"}`,
    );
  });

  it('names the verb as it was sent', () => {
    expect(errorAnswer('request.method', id, 'GET').body.message).toBe(
      "Request method 'GET' is not supported.",
    );
    expect(errorAnswer('request.method', id, "$'").body.message).toBe(
      "Request method '$'' is not supported.",
    );
  });
});

describe('asDetectError', () => {
  it('keeps a DetectError and hides everything else behind "internal"', () => {
    const known = new DetectError('image.edge');
    expect(asDetectError(known)).toBe(known);
    const cause = new Error('/etc/secret');
    const hidden = asDetectError(cause);
    expect(hidden.code).toBe('internal');
    expect(hidden.cause).toBe(cause);
    expect(hidden.message).not.toContain('secret');
  });
});

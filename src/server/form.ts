/** Forms with a picture: `multipart/form-data` that is here as a whole. */
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { MAX_BYTES } from '../core/image/limits.ts';
import { DetectError, REQUEST_DETAILS } from '../errors.ts';
import type { Pause } from '../wire/base64.ts';
import { POLICY_BYTES } from '../wire/inspect-request.ts';
import { Delimiters } from './delimiters.ts';

/** A form's picture, and its policy as it was written. */
export interface Form {
  readonly picture: Uint8Array;
  readonly policy: string | undefined;
}

/** The part that is not a picture, be it a field or a file. */
const POLICY = 'policy';
/** Longest content type in characters: RFC 2046 has boundaries of up to 70, and to search for one takes its length. */
export const MOST_TYPE = 256;
/** Bytes that are parsed between two pauses. */
const SLICE = 1024 * 1024;
const LIMITS = {
  fileSize: MAX_BYTES,
  files: 2,
  fields: 4,
  fieldSize: POLICY_BYTES,
  parts: 5,
  headerPairs: 20,
};

interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isFile: boolean;
}

/** Whether the type is a form's. */
export function isForm(type: string | undefined): type is string {
  return /^multipart\/form-data\b/i.test(type ?? '');
}

/**
 * Reads a form: one file, whatever its part is called, and perhaps a policy.
 *
 * @param type  the request's content type
 * @param pause awaited between slices
 * @throws DetectError `body.invalid`; `image.bytes` for a file that is too large
 */
export async function readForm(body: Buffer, type: string, pause: Pause): Promise<Form> {
  const parts = await parse(body, type, pause);
  const pictures = parts.filter(({ name, isFile }) => isFile && name !== POLICY);
  const [picture] = pictures;
  if (picture === undefined) throw new DetectError('body.invalid', REQUEST_DETAILS.noFile);
  if (pictures.length > 1) throw new DetectError('body.invalid', REQUEST_DETAILS.severalFiles);
  const policy = parts.find(({ name }) => name === POLICY);
  return { picture: picture.bytes, policy: policy && Buffer.from(policy.bytes).toString('utf8') };
}

async function parse(body: Buffer, type: string, pause: Pause): Promise<readonly Part[]> {
  if (type.length > MOST_TYPE) throw new DetectError('body.invalid');
  new Delimiters().add(body);
  const parts: Part[] = [];
  const parser = createParser(type);
  let failed: DetectError | undefined;
  const fail = (error: DetectError) => {
    failed ??= error;
  };
  const unreadable = (cause?: unknown) => fail(new DetectError('body.invalid', undefined, { cause }));
  parser.on('file', (name: string, stream: BusboyFileStream) => {
    const chunks: Uint8Array[] = [];
    stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    stream.on('limit', () => fail(new DetectError('image.bytes')));
    stream.on('error', unreadable);
    stream.on('end', () => parts.push({ name, bytes: Buffer.concat(chunks), isFile: true }));
  });
  parser.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) unreadable();
    parts.push({ name, bytes: Buffer.from(String(value)), isFile: false });
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(limit, () => unreadable());
  const finished = new Promise<void>((resolve) => {
    parser.once('finish', resolve);
    parser.once('error', (error) => {
      unreadable(error);
      resolve();
    });
  });
  for (let at = 0; at < body.length && failed === undefined; at += SLICE) {
    await pause();
    const written = new Promise<void>((resolve) => {
      parser.write(body.subarray(at, at + SLICE), () => resolve());
    });
    await Promise.race([written, finished]);
  }
  if (failed === undefined) {
    parser.end();
    await finished;
  }
  if (failed !== undefined) {
    parser.destroy();
    throw failed;
  }
  return parts;
}

function createParser(type: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: LIMITS });
  } catch (cause) {
    throw new DetectError('body.invalid', undefined, { cause });
  }
}

/** The form of an upload, read as it comes: its fields first, and the file behind them. */
import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { type Detail, DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { MAX_UPLOAD_BYTES } from '../uploads/signer.ts';
import { Delimiters } from './delimiters.ts';
import { isForm, MOST_TYPE } from './form.ts';

/** The part that is the file. */
const FILE = 'file';
/** Longest field in bytes: a policy has some 400, a key up to 1023. */
const FIELD_BYTES = 4 * 1024;
/** Most fields: clients send eight, OSS knows some dozen more. */
const MOST_FIELDS = 32;
/** Most that comes in front of the file, in bytes: nobody knows yet whose it is. */
const MOST_BEFORE_FILE = 32 * 1024;
/** Most of a body in bytes: the largest file, and what is around it. */
const MOST_BODY = MAX_UPLOAD_BYTES + 2 * MOST_BEFORE_FILE;

/** What takes the file, once all fields in front of it are here. */
export type TakeFile = (
  fields: ReadonlyMap<string, string>,
  file: AsyncIterable<Uint8Array>,
) => Promise<void>;

/**
 * Reads a form to its end.
 *
 * @param type the request's content type
 * @throws DetectError `upload.form`, `upload.bytes`, or what the file's taker throws
 */
export async function readUploadForm(
  body: Readable,
  type: string | undefined,
  take: TakeFile,
): Promise<void> {
  if (!isForm(type) || type.length > MOST_TYPE) throw new DetectError('upload.form', REQUEST_DETAILS.notForm);
  const parser = createParser(type);
  const fields = new Map<string, string>();
  let file: BusboyFileStream | undefined;
  let taken: Promise<void> | undefined;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let fail = (_error: unknown) => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  // Whoever waits for it is told.
  failed.catch(() => undefined);
  const malformed = (detail: Detail, cause?: unknown) =>
    fail(new DetectError('upload.form', detail, { cause }));
  parser.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) malformed(fill(REQUEST_DETAILS.longField, { most: FIELD_BYTES }));
    if (fields.has(name)) malformed(REQUEST_DETAILS.fieldTwice);
    fields.set(name, String(value));
  });
  parser.on('file', (_name: string, stream: BusboyFileStream) => {
    file = stream;
    // Its end is told by the body's; without this, nobody may be listening yet.
    stream.on('error', () => undefined);
    taken = take(fields, stream);
    taken.catch(fail);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => malformed(fill(REQUEST_DETAILS.manyFields, { most: MOST_FIELDS })));
  }
  parser.once('finish', finish);
  parser.once('error', (cause) => malformed(REQUEST_DETAILS.formBreaks, cause));
  try {
    await feed(body, parser, failed, () => file !== undefined);
    parser.end();
    await Promise.race([finished, failed]);
    if (taken === undefined)
      throw new DetectError('upload.form', fill(REQUEST_DETAILS.noPart, { name: FILE }));
    await taken;
  } catch (error) {
    file?.destroy(error instanceof Error ? error : undefined);
    parser.destroy();
    // Whoever takes the file is done with it, so that what was begun can be given up.
    await taken?.catch(() => undefined);
    throw error;
  }
}

/** Has a body parsed, until it ends or something fails: whoever goes on reading it then has it to themselves. */
async function feed(
  body: Readable,
  parser: BusboyInstance,
  failed: Promise<never>,
  isFile: () => boolean,
): Promise<void> {
  const delimiters = new Delimiters();
  let bytes = 0;
  // Left open when reading ends early: otherwise the connection would end before the answer is sent.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY)
      throw new DetectError('upload.bytes', fill(REQUEST_DETAILS.formBytes, { most: MOST_BODY }));
    delimiters.add(chunk);
    await Promise.race([new Promise<void>((resolve) => parser.write(chunk, () => resolve())), failed]);
    if (bytes > MOST_BEFORE_FILE && !isFile()) {
      throw new DetectError('upload.form', fill(REQUEST_DETAILS.beforeFile, { most: MOST_BEFORE_FILE }));
    }
  }
}

function createParser(type: string): BusboyInstance {
  const limits = {
    files: 1,
    fields: MOST_FIELDS,
    fieldSize: FIELD_BYTES,
    parts: MOST_FIELDS + 1,
    headerPairs: 20,
  };
  try {
    return new Busboy({ headers: { 'content-type': type }, limits, isPartAFile: (name) => name === FILE });
  } catch (cause) {
    throw new DetectError('upload.form', undefined, { cause });
  }
}

/** Reading the items of a job as they arrive: a line at a time, however long the list is. */
import { DetectError } from '../wire/errors.ts';
import { MOST_ITEMS, type NewItem } from './job.ts';

/** Longest line in bytes: the longest address, a name, and the JSON around them. */
export const MAX_LINE_BYTES = 8 * 1024;
/** Longest name of an item in characters. */
export const MAX_NAME_LENGTH = 256;
/** Longest list in bytes. */
export const MAX_LIST_BYTES = 512 * 1024 * 1024;
/** Most items that are handed on together. */
export const CHUNK_ITEMS = 1_000;

const NEWLINE = 0x0a;

/**
 * The items of a list, in chunks: a line is an address, or a JSON object `{"url": …, "id"?: …}`. Empty lines, and those
 * that begin with #, are passed over. Whether an address is good is found out with its picture: one bad address
 * among a million is a result like others, and no reason to refuse the list.
 *
 * @throws DetectError `job.line`, naming the line; `job.size`; `body.too_large`
 */
export async function* readItems(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly NewItem[]> {
  let chunk: NewItem[] = [];
  let total = 0;
  let number = 0;
  for await (const line of linesOf(source)) {
    number++;
    const item = parseLine(line, number);
    if (item === undefined) continue;
    if (++total > MOST_ITEMS) throw tooMany();
    chunk.push(item);
    if (chunk.length < CHUNK_ITEMS) continue;
    yield chunk;
    chunk = [];
  }
  if (total === 0) throw new DetectError('job.size', 'The list has no items.');
  if (chunk.length > 0) yield chunk;
}

/**
 * The items of a list that is here as a whole.
 *
 * @param urls whatever the JSON of a request has in its place
 * @throws DetectError `job.line`, naming the item; `job.size`
 */
export function toItems(urls: unknown): readonly NewItem[] {
  if (!Array.isArray(urls) || urls.length === 0) throw new DetectError('job.size', 'The list has no items.');
  if (urls.length > MOST_ITEMS) throw tooMany();
  return urls.map((entry: unknown, at) => toItem(typeof entry === 'string' ? { url: entry } : entry, at + 1));
}

/** Lines as bytes, without their ends. What is too long is told as soon as it is. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 1;
  let length = 0;
  for await (const bytes of source) {
    length += bytes.byteLength;
    if (length > MAX_LIST_BYTES) throw new DetectError('body.too_large');
    const chunk = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      checkLength(end - from, number++);
      yield chunk.subarray(from, end);
      from = end + 1;
    }
    rest = chunk.subarray(from);
    checkLength(rest.length, number);
  }
  if (rest.length > 0) yield rest;
}

function checkLength(length: number, number: number): void {
  if (length > MAX_LINE_BYTES)
    throw new DetectError('job.line', `Line ${number} is longer than ${MAX_LINE_BYTES} bytes.`);
}

function parseLine(bytes: Buffer, number: number): NewItem | undefined {
  const text = bytes.toString('utf8').trim();
  if (text === '' || text.startsWith('#')) return undefined;
  if (!text.startsWith('{')) return { url: text, name: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DetectError('job.line', `Line ${number} is no JSON.`);
  }
  return toItem(value, number);
}

function toItem(value: unknown, number: number): NewItem {
  const fault = (what: string) => new DetectError('job.line', `Line ${number}: ${what}.`);
  if (typeof value !== 'object' || value === null) throw fault('neither an address nor an object');
  const { url, id } = value as { url?: unknown; id?: unknown };
  if (typeof url !== 'string' || url === '') throw fault('"url" is missing or no string');
  if (Buffer.byteLength(url) > MAX_LINE_BYTES) throw fault(`"url" is longer than ${MAX_LINE_BYTES} bytes`);
  if (id === undefined || id === null) return { url, name: null };
  if (typeof id !== 'string' || id.length > MAX_NAME_LENGTH)
    throw fault(`"id" is no string of up to ${MAX_NAME_LENGTH} characters`);
  return { url, name: id };
}

function tooMany(): DetectError {
  return new DetectError('job.size', `The list has more than ${MOST_ITEMS} items.`);
}

/** Reading the items of a job as they arrive: a line at a time, however long the list is. */
import { type Detail, DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { isObject, readJsonObject } from '../wire/json.ts';
import { MOST_ITEMS, type NewItem } from './job.ts';

/** Longest line in bytes: the longest address, a name, and the JSON around them. */
export const MAX_LINE_BYTES = 10 * 1024;
/** Longest name of an item in characters. */
const MAX_NAME_LENGTH = 256;
/** Longest list in bytes. */
const MAX_LIST_BYTES = 512 * 1024 * 1024;
/** Most lines of a list, those included that are passed over: they cost time, too. */
export const MOST_LINES = 2 * MOST_ITEMS;
/** Most items that are handed on together, and most bytes of text: they are stored at one go, while others wait. */
export const CHUNK_ITEMS = 1_000;
const CHUNK_BYTES = 256 * 1024;
/** Members that a line may have: two are read. */
const MOST_VALUES = 32;

const NEWLINE = 0x0a;
const HASH = 0x23;

/**
 * The items of a list, in chunks: a line is an address, or a JSON object `{"url": …, "id"?: …}`. Empty lines, and those
 * that begin with #, are passed over. Whether an address is good is found out with its picture: one bad address
 * among a million is a result like others, and no reason to refuse the list.
 *
 * @throws DetectError `job.line`, naming the line; `job.size`; `body.too_large`
 */
export async function* readItems(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly NewItem[]> {
  const lines = new Lines();
  let total = 0;
  let chunk: NewItem[] = [];
  let size = 0;
  for await (const bytes of source) {
    for (const item of lines.add(bytes)) {
      if (++total > MOST_ITEMS) throw tooMany();
      chunk.push(item);
      size += item.url.length;
      if (chunk.length < CHUNK_ITEMS && size < CHUNK_BYTES) continue;
      yield chunk;
      chunk = [];
      size = 0;
    }
  }
  for (const item of lines.rest()) {
    if (++total > MOST_ITEMS) throw tooMany();
    chunk.push(item);
  }
  if (total === 0) throw new DetectError('job.size', REQUEST_DETAILS.noItems);
  if (chunk.length > 0) yield chunk;
}

/**
 * The items of a list that is here as a whole, in chunks.
 *
 * @param urls whatever the JSON of a request has in its place
 * @throws DetectError `job.line`, naming the item; `job.size`
 */
export function* toItems(urls: unknown): Generator<readonly NewItem[]> {
  if (!Array.isArray(urls) || urls.length === 0) throw new DetectError('job.size', REQUEST_DETAILS.noItems);
  if (urls.length > MOST_ITEMS) throw tooMany();
  for (let from = 0; from < urls.length; from += CHUNK_ITEMS) {
    yield urls
      .slice(from, from + CHUNK_ITEMS)
      .map((entry: unknown, at) => toItem(typeof entry === 'string' ? { url: entry } : entry, from + at + 1));
  }
}

/** Cuts bytes into lines as they come. What is too long is told as soon as it is. */
class Lines {
  #rest: Buffer = Buffer.alloc(0);
  #number = 0;
  #length = 0;

  /** The items of the lines that end in these bytes. */
  *add(bytes: Uint8Array): Generator<NewItem> {
    this.#length += bytes.byteLength;
    if (this.#length > MAX_LIST_BYTES)
      throw new DetectError('body.too_large', fill(REQUEST_DETAILS.longBody, { most: MAX_LIST_BYTES }));
    const chunk = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const item = this.#parse(chunk.subarray(from, end));
      if (item !== undefined) yield item;
      from = end + 1;
    }
    this.#rest = chunk.subarray(from);
    checkLength(this.#rest.length, this.#number + 1);
  }

  /** The item of the last line, if it has no end and is not to be passed over. */
  *rest(): Generator<NewItem> {
    const item = this.#rest.length === 0 ? undefined : this.#parse(this.#rest);
    if (item !== undefined) yield item;
  }

  #parse(line: Buffer): NewItem | undefined {
    if (++this.#number > MOST_LINES)
      throw new DetectError('job.size', fill(REQUEST_DETAILS.manyLines, { most: MOST_LINES }));
    checkLength(line.length, this.#number);
    return parseLine(line, this.#number);
  }
}

function checkLength(length: number, number: number): void {
  if (length > MAX_LINE_BYTES)
    throw new DetectError('job.line', fill(REQUEST_DETAILS.longLine, { number, most: MAX_LINE_BYTES }));
}

function parseLine(bytes: Buffer, number: number): NewItem | undefined {
  if (bytes.length === 0 || bytes[0] === HASH) return undefined;
  const text = bytes.toString('utf8').trim();
  if (text === '' || text.startsWith('#')) return undefined;
  if (!text.startsWith('{')) return { url: text, name: null };
  return toItem(readLine(Buffer.from(text), number), number);
}

function readLine(text: Buffer, number: number): Record<string, unknown> {
  try {
    return readJsonObject(text, { bytes: MAX_LINE_BYTES, values: MOST_VALUES }).value;
  } catch {
    throw new DetectError('job.line', fill(REQUEST_DETAILS.lineNotJson, { number }));
  }
}

function toItem(value: unknown, number: number): NewItem {
  const fault = (detail: Detail) => new DetectError('job.line', detail);
  if (!isObject(value)) throw fault(fill(REQUEST_DETAILS.lineKind, { number }));
  const { url, id } = value;
  if (typeof url !== 'string' || url === '') throw fault(fill(REQUEST_DETAILS.lineNoUrl, { number }));
  if (Buffer.byteLength(url) > MAX_LINE_BYTES)
    throw fault(fill(REQUEST_DETAILS.lineLongUrl, { number, most: MAX_LINE_BYTES }));
  if (id === undefined || id === null) return { url, name: null };
  if (typeof id !== 'string' || id.length > MAX_NAME_LENGTH)
    throw fault(fill(REQUEST_DETAILS.lineId, { number, most: MAX_NAME_LENGTH }));
  return { url, name: id };
}

function tooMany(): DetectError {
  return new DetectError('job.size', fill(REQUEST_DETAILS.manyItems, { most: MOST_ITEMS }));
}

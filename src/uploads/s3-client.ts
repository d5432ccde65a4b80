/**
 * The five requests of S3 that uploads need. They are signed by aws4fetch and sent by undici: the vendor's own SDK reads
 * `~/.aws`, takes 22 MB, and leaves Node 20 before we do.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, type Dispatcher, errors, interceptors } from 'undici';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import { Bounds } from './s3-bounds.ts';
import { flawed, readPage, type S3Entry, timeOf, unreadable } from './s3-list.ts';

/** Longest wait for an answer to begin, and between two pieces of it, in ms: shorter than callers wait for theirs. */
const ANSWER_MS = 8_000;
const CONNECT_MS = 3_000;
/** Questions are asked again so often when the store or the line to it stumbles. */
const MOST_RETRIES = 2;
/** Longest pause before that, in ms, whatever the store asks for: somebody waits for the answer. */
const MOST_PAUSE_MS = 1_000;
/** Longest question with all that is asked again, in ms: as often as that may be, and the pauses. */
const QUESTION_MS = 30_000;
/** Longest time that a file may take to be written, in ms: as long as its form may. */
const WRITE_MS = 120_000;
/**
 * How long the store may seem to take none of a file, and then give no answer, in ms: the system takes some MB ahead of it, all at
 * once, and asks for more only when a slow store has read a good part of them.
 */
const TAKING_MS = 30_000;
const PAGE_KEYS = 1_000;
/** Most bytes of a page of a list. */
const PAGE_BYTES = 4 * 1024 * 1024;
/** What is read of an answer that refuses, in bytes: S3 says why in some hundred. */
const REFUSAL_BYTES = 16 * 1024;

/** Where a bucket is, and who asks. */
export interface S3Options {
  /** Address of the bucket, `https://host/bucket` or `https://bucket.host`, without a slash at its end. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Objects on a page of a list; 1,000 when left out, the most that S3 tells at once. */
  readonly pageKeys?: number;
}

type Answer = Dispatcher.ResponseData;

/** A request, before it is signed. */
interface Ask {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: { readonly file: string; readonly bytes: number };
}

/** A bucket. All methods reject with DetectError `upload.unavailable`. */
export class S3Client {
  readonly #options: S3Options;
  readonly #agent = new Agent({
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    connect: { timeout: CONNECT_MS },
  });
  readonly #retrying = this.#agent.compose(
    interceptors.retry({
      maxRetries: MOST_RETRIES,
      maxTimeout: MOST_PAUSE_MS,
      methods: ['GET', 'DELETE'],
    }),
  );

  constructor(options: S3Options) {
    this.#options = options;
  }

  /** Writes an object, unless there is one of that key. @returns false when there is */
  put(key: string, file: string, bytes: number): Promise<boolean> {
    const headers = { 'if-none-match': '*', 'content-type': 'application/octet-stream' };
    const ask: Ask = { method: 'PUT', path: `/${key}`, headers, body: { file, bytes } };
    return this.#exchange(ask, new Bounds(WRITE_MS), async (answer) => {
      // 409: another one of that key is being written at this moment.
      const isNew = await expect(answer, [200, 201, 204], [412, 409]);
      await answer.body.dump();
      return isNew;
    });
  }

  /** Reads an object. @returns undefined when there is none, or it is larger than `mostBytes` */
  get(
    key: string,
    mostBytes: number,
    signal?: AbortSignal,
  ): Promise<{ bytes: Uint8Array; at: number } | undefined> {
    const bounds = new Bounds(QUESTION_MS, signal);
    return this.#exchange({ method: 'GET', path: `/${key}` }, bounds, async (answer) => {
      const isThere = await expect(answer, [200], [404]);
      const bytes = await readUpTo(bounds.watched(answer.body), mostBytes);
      if (!isThere || bytes === undefined) return undefined;
      const at = timeOf(answer.headers['last-modified']?.toString());
      // By what is not a time, it would never be over.
      if (at === undefined) throw flawed('LastModified');
      return { bytes, at };
    });
  }

  /** Removes an object, if it is there. */
  async remove(key: string): Promise<void> {
    const ask: Ask = { method: 'DELETE', path: `/${key}` };
    await this.#exchange(ask, new Bounds(QUESTION_MS), async (answer) => {
      await expect(answer, [200, 204], [404]);
      await answer.body.dump();
    });
  }

  /** All objects whose keys begin so. */
  async *list(prefix: string): AsyncIterable<S3Entry> {
    let token: string | undefined;
    do {
      const keys = String(this.#options.pageKeys ?? PAGE_KEYS);
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': keys, prefix });
      if (token !== undefined) query.set('continuation-token', token);
      const bounds = new Bounds(QUESTION_MS);
      const bytes = await this.#exchange({ method: 'GET', path: `/?${query}` }, bounds, async (answer) => {
        await expect(answer, [200], []);
        return await readUpTo(bounds.watched(answer.body), PAGE_BYTES);
      });
      if (bytes === undefined)
        throw new DetectError('upload.unavailable', fill(SERVICE_DETAILS.s3LongList, { most: PAGE_BYTES }));
      const page = readPage(Buffer.from(bytes).toString());
      yield* page.entries;
      // It would go on for ever.
      if (page.token !== undefined && page.token === token) throw unreadable();
      token = page.token;
    } while (token !== undefined);
  }

  close(): void {
    void this.#agent.destroy();
  }

  /** Asks, and has the answer read, within the bounds. */
  async #exchange<T>(ask: Ask, bounds: Bounds, read: (answer: Answer) => Promise<T>): Promise<T> {
    const { signal } = bounds;
    try {
      return await read(await this.#send(ask, bounds));
    } catch (cause) {
      if (signal.aborted && signal.reason instanceof DetectError) throw signal.reason;
      if (cause instanceof DetectError) throw cause;
      if (cause instanceof errors.RequestRetryError) throw refusal(String(cause.statusCode));
      throw new DetectError('upload.unavailable', undefined, { cause });
    } finally {
      bounds.clear();
    }
  }

  async #send({ method, path, headers = {}, body }: Ask, bounds: Bounds): Promise<Answer> {
    const { url: bucket, region, accessKeyId, secretAccessKey } = this.#options;
    const by = { service: 's3', region, accessKeyId, secretAccessKey };
    const signed = await new AwsV4Signer({ method, url: bucket + path, headers, ...by }).sign();
    const { origin, pathname, search } = signed.url;
    const ask = { origin, path: pathname + search, method, signal: bounds.signal };
    const all = Object.fromEntries(signed.headers);
    if (body === undefined) return await this.#retrying.request({ ...ask, headers: all });
    const { file, bytes } = body;
    // Not tried again: the first try may have arrived, and would then be in the way of the second.
    return await this.#agent.request({
      ...ask,
      headersTimeout: TAKING_MS,
      headers: { ...all, 'content-length': String(bytes) },
      body: Readable.from(bounds.watched(piecesOf(file), TAKING_MS), { objectMode: false }),
    });
  }
}

/** Tells a yes from a no; all else is a failure, told with S3's own word for it ("RequestTimeTooSkewed"). */
async function expect(
  { statusCode, body }: Answer,
  yes: readonly number[],
  no: readonly number[],
): Promise<boolean> {
  if (yes.includes(statusCode)) return true;
  if (no.includes(statusCode)) return false;
  const said = await readUpTo(body, REFUSAL_BYTES).catch(() => undefined);
  const [, code] = /<Code>(\w{1,64})<\/Code>/.exec(Buffer.from(said ?? []).toString()) ?? [];
  throw refusal([statusCode, code].filter(Boolean).join(' '));
}

function refusal(status: string): DetectError {
  return new DetectError('upload.unavailable', fill(SERVICE_DETAILS.s3Status, { status }));
}

/** What is in a file, which is opened by whoever takes the first piece: a request that fails before leaves none open. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

/** All of a body; undefined when it is larger. */
async function readUpTo(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

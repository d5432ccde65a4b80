/**
 * The five requests of S3 that uploads need. They are signed by aws4fetch and sent by undici: the vendor's own SDK reads
 * `~/.aws`, takes 22 MB, and leaves Node 20 before we do.
 */
import { createReadStream } from 'node:fs';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, type Dispatcher, interceptors } from 'undici';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';

/** Longest wait for an answer to begin, and between two pieces of it, in ms: shorter than callers wait for theirs. */
const ANSWER_MS = 8_000;
const CONNECT_MS = 3_000;
/** Questions are asked again so often when the store or the line to it stumbles. */
const MOST_RETRIES = 2;
const PAGE_KEYS = 1_000;
/** Most bytes of a page of a list. */
const PAGE_BYTES = 4 * 1024 * 1024;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

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

/** An object in a list. */
export interface S3Entry {
  readonly key: string;
  readonly bytes: number;
  /** ms since 1970. */
  readonly at: number;
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
    interceptors.retry({ maxRetries: MOST_RETRIES, methods: ['GET', 'DELETE'] }),
  );

  constructor(options: S3Options) {
    this.#options = options;
  }

  /** Writes an object, unless there is one of that key. @returns false when there is */
  async put(key: string, file: string, bytes: number): Promise<boolean> {
    const headers = { 'if-none-match': '*', 'content-type': 'application/octet-stream' };
    // Not tried again: the first try may have arrived, and would then be in the way of the second.
    const answer = await this.#send('PUT', `/${key}`, {
      headers,
      body: { file, bytes },
      dispatcher: this.#agent,
    });
    await answer.body.dump();
    // 409: another one of that key is being written at this moment.
    return this.#expect(answer, [200, 201, 204], [412, 409]);
  }

  /** Reads an object. @returns undefined when there is none, or it is larger than `mostBytes` */
  async get(key: string, mostBytes: number): Promise<{ bytes: Uint8Array; at: number } | undefined> {
    const answer = await this.#send('GET', `/${key}`);
    const bytes = await readUpTo(answer.body, mostBytes);
    if (!this.#expect(answer, [200], [404]) || bytes === undefined) return undefined;
    return { bytes, at: Date.parse(String(answer.headers['last-modified'])) };
  }

  /** Removes an object, if it is there. */
  async remove(key: string): Promise<void> {
    const answer = await this.#send('DELETE', `/${key}`);
    await answer.body.dump();
    this.#expect(answer, [200, 204], [404]);
  }

  /** All objects whose keys begin so. */
  async *list(prefix: string): AsyncIterable<S3Entry> {
    let token: string | undefined;
    do {
      const keys = String(this.#options.pageKeys ?? PAGE_KEYS);
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': keys, prefix });
      if (token !== undefined) query.set('continuation-token', token);
      const answer = await this.#send('GET', `/?${query}`);
      const page = await readUpTo(answer.body, PAGE_BYTES);
      this.#expect(answer, [200], []);
      const xml = Buffer.from(page ?? []).toString();
      for (const [, text = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const at = Date.parse(elementOf(text, 'LastModified') ?? '');
        yield { key: elementOf(text, 'Key') ?? '', bytes: Number(elementOf(text, 'Size')), at };
      }
      token = elementOf(xml, 'IsTruncated') === 'true' ? elementOf(xml, 'NextContinuationToken') : undefined;
    } while (token !== undefined);
  }

  close(): void {
    void this.#agent.destroy();
  }

  async #send(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    {
      headers = {},
      body,
      dispatcher = this.#retrying,
    }: {
      readonly headers?: Record<string, string>;
      readonly body?: { readonly file: string; readonly bytes: number };
      readonly dispatcher?: Dispatcher;
    } = {},
  ): Promise<Dispatcher.ResponseData> {
    const { url: bucket, region, accessKeyId, secretAccessKey } = this.#options;
    const by = { service: 's3', region, accessKeyId, secretAccessKey };
    try {
      const url = bucket + path;
      const signed = await new AwsV4Signer({ method, url, headers, ...by }).sign();
      const { origin, pathname, search } = signed.url;
      const all = Object.fromEntries(signed.headers);
      return await dispatcher.request({
        origin,
        path: pathname + search,
        method,
        headers: body === undefined ? all : { ...all, 'content-length': String(body.bytes) },
        body: body === undefined ? null : createReadStream(body.file),
      });
    } catch (cause) {
      throw new DetectError('upload.unavailable', undefined, { cause });
    }
  }

  /** Tells a yes from a no; all else is a failure. */
  #expect({ statusCode }: Dispatcher.ResponseData, yes: readonly number[], no: readonly number[]): boolean {
    if (yes.includes(statusCode)) return true;
    if (no.includes(statusCode)) return false;
    throw new DetectError('upload.unavailable', fill(SERVICE_DETAILS.s3Status, { status: statusCode }));
  }
}

/** All of a body; undefined when it is larger. */
async function readUpTo(
  body: Dispatcher.ResponseData['body'],
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) return undefined;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new DetectError('upload.unavailable', undefined, { cause });
  }
  return Buffer.concat(chunks);
}

/** The text of an element of S3's XML, which has neither attributes nor elements of the same name within. */
function elementOf(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text?.replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

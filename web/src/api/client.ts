/** The page's requests to its own service. */
import { MAX_BYTES } from '../../../src/image/limits.ts';
import type { Inspection } from '../../../src/inspection.ts';
import { type Problem, problem, problemOf } from './problem.ts';

/** A picture as the person gave it. */
export type Source =
  | { readonly kind: 'file'; readonly file: Blob }
  | { readonly kind: 'url'; readonly url: string };

/** What a request came to. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** An inspection, and the picture where the service had to fetch it. */
export interface Inspected {
  readonly inspection: Inspection;
  readonly picture: Blob | null;
}

const INSPECT = '/v1/inspect';
const FIX = '/v1/fix';

/** Sends one picture to be inspected, as it is. */
export async function inspect(source: Source, key: string, signal: AbortSignal): Promise<Answer<Inspected>> {
  if (source.kind === 'file') {
    if (source.file.size >= MAX_BYTES) return { ok: false, problem: problem('image.bytes') };
    return post(INSPECT, source, key, signal, async (response) => ({
      inspection: await response.json(),
      picture: null,
    }));
  }
  // The browser is not allowed to load pictures from elsewhere, so the service hands over what it has loaded.
  return post(`${INSPECT}?annotated=svg`, source, key, signal, async (response) => {
    const { annotated, ...inspection } = await response.json();
    return { inspection, picture: annotated === undefined ? null : pictureInside(annotated) };
  });
}

/** Has the service repair a picture; gives the new file. */
export async function fix(source: Source, key: string, signal: AbortSignal): Promise<Answer<Blob>> {
  return post(FIX, source, key, signal, async (response) => {
    if (response.headers.get('content-type')?.startsWith('image/')) return response.blob();
    const { image } = await response.json();
    return blobOf(image);
  });
}

/** Asks whether this key would be let in, without sending a picture. */
export async function tryKey(key: string): Promise<Problem | null> {
  const answer = await post(INSPECT, null, key, AbortSignal.timeout(10_000), async () => null);
  if (answer.ok || answer.problem.code.startsWith('body.')) return null;
  return answer.problem.code === 'key.rate' ? null : answer.problem;
}

/** Whether the service can be reached at all. */
export async function isAlive(): Promise<boolean> {
  try {
    const response = await fetch('/healthz', { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Whether the service repairs pictures. */
export async function canFix(): Promise<boolean> {
  try {
    const { paths } = await (await fetch('/openapi.json')).json();
    return Object.hasOwn(paths, FIX);
  } catch {
    return false;
  }
}

async function post<T>(
  path: string,
  source: Source | null,
  key: string,
  signal: AbortSignal,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  const headers = new Headers();
  if (key !== '') headers.set('authorization', `Bearer ${key}`);
  try {
    const response = await fetch(path, { method: 'POST', headers, body: bodyOf(source, headers), signal });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, value: await read(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, problem: problem((await isAlive()) ? 'connection.cut' : 'connection.lost') };
  }
}

function bodyOf(source: Source | null, headers: Headers): BodyInit | null {
  if (source === null) return null;
  if (source.kind === 'url') {
    headers.set('content-type', 'application/json');
    return JSON.stringify({ url: source.url });
  }
  headers.set('content-type', 'application/octet-stream');
  return source.file;
}

/** The picture that an annotated one, an SVG as a data URI, was drawn over. */
function pictureInside(annotated: string): Blob | null {
  const [, base64] = annotated.split('base64,', 2);
  const svg = atob(base64 ?? '');
  const [, picture] = /href="(data:image\/[a-z]+;base64,[^"]+)"/.exec(svg) ?? [];
  return picture === undefined ? null : blobOf(picture);
}

function blobOf(dataUri: string): Blob {
  const [, type = '', base64 = ''] = /^(?:data:([^;,]+);base64,)?(.*)$/s.exec(dataUri) ?? [];
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
}

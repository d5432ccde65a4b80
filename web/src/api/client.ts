/** The page's requests to its own service. Paths are relative, so that a page below a prefix asks there. */
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import { MAX_BYTES } from '../../../src/core/image/limits.ts';
import type { Inspection } from '../../../src/core/inspection.ts';
import { type Problem, problem, problemOf, unexpected } from './problem.ts';

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

const INSPECT = 'v1/inspect';
const FIX = 'v1/fix';

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

/** What came of a repair. */
export interface Fixed {
  /** The picture that passes; null where none can be made. */
  readonly picture: Blob | null;
  /** What was done, a sentence each. */
  readonly steps: readonly string[];
  /** What can be done where there is no picture that passes. */
  readonly advice: string;
}

/**
 * Has the service repair a picture.
 *
 * @param face   the one to crop to, from 1; null leaves the choice to the service
 * @param policy what the result has to pass, where that differs from the service's own
 */
export async function fix(
  source: Source,
  face: number | null,
  policy: PolicyOverrides,
  key: string,
  signal: AbortSignal,
): Promise<Answer<Fixed>> {
  const path = face === null ? FIX : `${FIX}?face=${face}`;
  return post(path, { ...source, policy }, key, signal, async (response) => {
    const { image, steps, advice } = await response.json();
    return {
      picture: image === null ? null : blobOf(image),
      steps: steps.map(({ detail }: { detail: string }) => detail),
      advice,
    };
  });
}

/** How a good key is refused that comes without a picture, or too often. */
const BEHIND_THE_GATE: ReadonlySet<string> = new Set(['image.empty', 'key.rate']);

/** Asks whether this key would be let in, without sending a picture. */
export async function tryKey(key: string): Promise<Problem | null> {
  const answer = await post(INSPECT, null, key, AbortSignal.timeout(10_000), async () => null);
  return answer.ok || BEHIND_THE_GATE.has(answer.problem.code) ? null : answer.problem;
}

/** Whether the service can be reached at all. */
export async function isAlive(): Promise<boolean> {
  try {
    const response = await fetch('healthz', { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** What is sent: a picture, and perhaps by which limits it shall be judged. */
type Sent = Source & { readonly policy?: PolicyOverrides };

async function post<T>(
  path: string,
  source: Sent | null,
  key: string,
  signal: AbortSignal,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/json' });
  if (key !== '') headers.set('authorization', `Bearer ${key}`);
  try {
    const response = await fetch(path, { method: 'POST', headers, body: bodyOf(source, headers), signal });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, value: await read(response) };
  } catch (error) {
    const tooLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    if (!tooLate) signal.throwIfAborted();
    // A page that a proxy has put in the answer's place.
    if (error instanceof SyntaxError) return { ok: false, problem: unexpected('The answer is not JSON.') };
    return { ok: false, problem: problem((await isAlive()) ? 'connection.cut' : 'connection.lost') };
  }
}

function bodyOf(source: Sent | null, headers: Headers): BodyInit | null {
  if (source === null) return null;
  const policy = Object.keys(source.policy ?? {}).length > 0 ? source.policy : undefined;
  if (source.kind === 'url') {
    headers.set('content-type', 'application/json');
    return JSON.stringify({ url: source.url, policy });
  }
  if (policy !== undefined) {
    const form = new FormData();
    form.set('policy', JSON.stringify(policy));
    form.set('image', source.file);
    return form;
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

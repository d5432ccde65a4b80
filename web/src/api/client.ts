/** The page's requests to its own service. */
import { type Client, createClient, type Picture, ServiceError } from '../../../src/client/index.ts';
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import type { Inspection } from '../../../src/core/inspection.ts';
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

/** What a call fails with where nothing was answered. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'service.unreachable',
  'service.timeout',
  'inspect.aborted',
]);

/** What inspections are told in: the page judges them itself, and tells what went wrong in the language that it is in then. */
const PLAIN = 'en';

/** What the service would answer; without asking, no browser shows a failed request. */
const NO_KEY = { ok: false, problem: problem('key.missing') } as const;

/** Sends one picture to be inspected, as it is. */
export async function inspect(source: Source, key: string, signal: AbortSignal): Promise<Answer<Inspected>> {
  if (key === '') return NO_KEY;
  const ask = async () => {
    // The browser is not allowed to load pictures from elsewhere, so the service hands over what it has loaded.
    const wanted = source.kind === 'url' ? ({ annotated: 'svg', signal } as const) : { signal };
    const { inspection, annotated } = await clientOf(key, PLAIN).inspect(pictureOf(source), wanted);
    return { inspection, picture: annotated === null ? null : pictureInside(await annotated.text()) };
  };
  return answerOf(ask(), signal);
}

/** What came of a repair. */
export interface Fixed {
  /** The picture that passes; null where none can be made. */
  readonly picture: Blob | null;
  /** What was done, a sentence each. */
  readonly steps: readonly string[];
  /** Why no passing picture could be made, as a token; null where one was. */
  readonly reason: string | null;
  /** What can be done where none could be made. */
  readonly advice: string;
}

/** How a repair is asked for. */
export interface FixOptions {
  readonly signal: AbortSignal;
  /** How often it is asked for again while the service has no place for it. */
  readonly busyRetries: number;
  /** What it is told in. */
  readonly language: string;
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
  { signal, busyRetries, language }: FixOptions,
): Promise<Answer<Fixed>> {
  if (key === '') return NO_KEY;
  const ask = async () => {
    const wanted = { face: face ?? undefined, policy, signal, busyRetries };
    const { picture, steps, reason, advice } = await clientOf(key, language).fix(pictureOf(source), wanted);
    return { picture, steps: steps.map(({ detail }) => detail), reason, advice };
  };
  return answerOf(ask(), signal);
}

/**
 * Asks for permission to upload: every key gets it, and nothing is uploaded or counted. A call without a picture would be refused, and
 * browsers show refused calls in red to whoever looks for faults.
 */
const UPLOAD_PERMISSION = 'api/v1/uploads?action=getPolicy&model=liveportrait';

/** How a good key is refused there: where the service takes no uploads, and where it is asked too often. */
const BEHIND_THE_GATE: ReadonlySet<string> = new Set(['upload.off', 'key.rate']);

/** Asks whether the service knows this key. What the key may be used for shows when it is used. */
export async function tryKey(key: string): Promise<Problem | null> {
  try {
    const response = await fetch(UPLOAD_PERMISSION, {
      headers: { authorization: `Bearer ${key}` },
      // A proxy that asks people to log in knows nothing of keys.
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    const { ok, headers } = response;
    const isGiven = ok && headers.get('content-type')?.includes('json') === true;
    const code = headers.get('x-reason') ?? 'service.answer';
    return isGiven || BEHIND_THE_GATE.has(code) ? null : problem(code);
  } catch {
    return problem((await isAlive()) ? 'connection.cut' : 'connection.lost');
  }
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

/** A client of the service that the page came from: below the same prefix. */
function clientOf(key: string, language: string): Client {
  return createClient({
    baseUrl: new URL('.', location.href),
    apiKey: key,
    language,
    // The queue knows all pictures, and which of them to try again, and when.
    retries: 0,
    busyRetries: 0,
    // Large files go up slowly. The service ends what takes too long.
    timeoutMs: Number.POSITIVE_INFINITY,
    deadlineMs: Number.POSITIVE_INFINITY,
  });
}

function pictureOf(source: Source): Picture {
  return source.kind === 'file' ? source.file : source.url;
}

async function answerOf<T>(work: Promise<T>, signal: AbortSignal): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    const tooLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    if (!tooLate) signal.throwIfAborted();
    if (!(error instanceof ServiceError)) throw error;
    const isLost = UNANSWERED.has(error.code);
    const connection = isLost && ((await isAlive()) ? 'connection.cut' : 'connection.lost');
    return { ok: false, problem: connection ? problem(connection) : problemOf(error) };
  }
}

/** The picture that an annotated one was drawn over. */
function pictureInside(svg: string): Blob | null {
  const [, picture] = /href="(data:image\/[a-z]+;base64,[^"]+)"/.exec(svg) ?? [];
  return picture === undefined ? null : blobOf(picture);
}

function blobOf(dataUri: string): Blob {
  const [, type = '', base64 = ''] = /^(?:data:([^;,]+);base64,)?(.*)$/s.exec(dataUri) ?? [];
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
}

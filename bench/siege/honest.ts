/** The honest customer: two pictures a second, half of them uploads, half by their address. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DETECT, detectBody } from './attack.ts';

/** Longest wait for an answer, in milliseconds; clients of the vendor wait as long. */
const PATIENCE_MS = 10_000;
/** Between two requests, in milliseconds. */
const PACE_MS = 500;

const PORTRAIT = new Uint8Array(readFileSync(new URL('../../examples/pass.jpg', import.meta.url)));

/** One answer. */
export interface Answer {
  readonly status: number | string;
  /** From the request's start to the answer's end, in milliseconds. */
  readonly ms: number;
  /** The service's name for the request; null where nothing was answered. */
  readonly id: string | null;
}

/** Asks until the time is over, at an even pace however long answers take, and gives all answers. */
export async function askHonestly(
  target: { readonly url: string; readonly key: string; readonly picture: string },
  forMs: number,
): Promise<readonly Answer[]> {
  const answers: Promise<Answer>[] = [];
  const begun = performance.now();
  for (let i = 0; i * PACE_MS < forMs; i++) {
    await sleep(Math.max(0, begun + i * PACE_MS - performance.now()));
    answers.push(ask(target, i % 2 === 0));
  }
  return Promise.all(answers);
}

async function ask(
  { url, key, picture }: { readonly url: string; readonly key: string; readonly picture: string },
  isUpload: boolean,
): Promise<Answer> {
  const begun = performance.now();
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const call = { method: 'POST', headers: { authorization: `Bearer ${key}` }, signal };
  try {
    const response = await (isUpload
      ? fetch(`${url}/v1/inspect`, { ...call, body: PORTRAIT })
      : fetch(`${url}${DETECT}`, { ...call, body: detectBody(picture) }));
    await response.arrayBuffer();
    const id = response.headers.get('x-request-id');
    return { status: response.status, ms: performance.now() - begun, id };
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause;
    return {
      status: cause?.code ?? (signal.aborted ? 'no answer in 10 s' : 'cut off'),
      ms: performance.now() - begun,
      id: null,
    };
  }
}

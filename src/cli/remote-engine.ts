/** The engine of `check --server`: a service inspects, and the models are not loaded here. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import { CATALOGUE, DetectError, type ErrorCode } from '../errors.ts';
import { INSPECT_PATH } from '../server/routes/inspect.ts';
import type { Engine, Examined } from './engine.ts';
import type { Server } from './server.ts';

/** Tries for one picture while the service has no room, or the key is over its rate. */
const MOST_TRIES = 12;
/** The first pause between them, in ms; each further one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** Longest time for one answer, in ms. */
const LIMIT_MS = 60_000;
const TOO_MANY = 429;
const DATA_URI = /^data:[^,]*;base64,/;

/**
 * An engine that sends pictures to a service. A policy goes along with each.
 *
 * @param ended gives up what is under way
 */
export function openRemoteEngine({ url, key }: Server, policy: PolicyOverrides, ended: AbortSignal): Engine {
  const address = `${url.replace(/\/$/, '')}${INSPECT_PATH}`;
  const ask = async (bytes: Uint8Array, isAnnotated: boolean): Promise<Response> => {
    const body = new FormData();
    body.set('policy', JSON.stringify(policy));
    body.set('image', new Blob([new Uint8Array(bytes)]));
    const init = { method: 'POST', body, headers: { authorization: `Bearer ${key}` } };
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), ended]);
      return await fetch(`${address}${isAnnotated ? '?annotated=png' : ''}`, { ...init, signal });
    } catch (cause) {
      throw new DetectError('job.failed', `${url} cannot be reached.`, { cause });
    }
  };
  return {
    async examine(bytes, { isAnnotated = false } = {}) {
      for (let tries = 1, pause = FIRST_PAUSE_MS; ; tries++, pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
        const answer = await ask(bytes, isAnnotated);
        if (answer.ok) return toExamined((await answer.json()) as Answer);
        if (answer.status !== TOO_MANY || tries === MOST_TRIES) throw toError(answer, url);
        await answer.body?.cancel();
        // Spread, so that those who were refused together do not come back together.
        await sleep(pause * (0.5 + Math.random()), undefined, { signal: ended });
      }
    },
    close: async () => undefined,
  };
}

interface Answer extends Inspection {
  readonly request_id: string;
  /** A data URI. */
  readonly annotated?: string;
}

function toExamined({ request_id: _, annotated, ...inspection }: Answer): Examined {
  if (annotated === undefined) return { inspection };
  return { inspection, annotated: Buffer.from(annotated.replace(DATA_URI, ''), 'base64') };
}

/** The service's own reason, where this release knows it. */
function toError({ status, headers }: Response, url: string): DetectError {
  const reason = headers.get('x-reason') ?? '';
  if (Object.hasOwn(CATALOGUE, reason)) return new DetectError(reason as ErrorCode);
  return new DetectError('job.failed', `${url} answered ${status}.`);
}

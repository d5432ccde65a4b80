/** One process's turn at one batch: has its items inspected, records the answers, and tells what is left. */
import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Inspection } from '../core/inspection.ts';
import { DAMAGE_DETAILS, DetectError } from '../errors.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import type { ItemResult } from '../wire/job.ts';
import type { Hosts } from './hosts.ts';
import type { Answer, Batch, Item, Part } from './job.ts';
import { delayAfter, meaningOf } from './retry.ts';
import type { JobStore, SetAside } from './store.ts';

/** Items of one batch that are under way together. */
export const ITEMS_PER_LANE = 4;
/** How long to wait when the machine has no room, or the database is away, in ms. */
export const PAUSE_MS = 1_000;
/** A batch that so many processes died over is worked on one item at a time, to find the one that kills. */
const SUSPECT_CLAIMS = 3;
/** After so many deaths the first item that has no result is taken for the one. */
export const MOST_CLAIMS = 10;

/** Inspects the picture of an address. */
export type Inspect = (
  url: string,
  by: Pick<Batch, 'keyId' | 'generator'> & { readonly signal: AbortSignal },
) => Promise<Inspection>;

/** What a turn is made of. */
export interface TurnDeps {
  readonly jobs: Pick<JobStore, 'reserve'>;
  readonly answers: Pick<GroupCommit<Answer>, 'add'>;
  readonly inspect: Inspect;
  readonly hosts: Hosts;
  /** Waits between attempts, in ms. */
  readonly retryDelaysMs: readonly number[];
  /** How long items are started, in ms. */
  readonly turnMs: number;
  /** Ends the turn at once, with what is under way. */
  readonly signal: AbortSignal;
}

/** Takes the turn. @returns what goes back into the queue: nothing when all items have their answers */
export async function takeTurn(batch: Batch, deps: TurnDeps): Promise<readonly Part[]> {
  const attempt = batch.attempt + 1;
  const delay = delayAfter(attempt, deps.retryDelaysMs);
  const left = [...batch.items];
  const failed: Item[] = [];
  const [suspect] = left;
  if (batch.claims > MOST_CLAIMS && suspect !== undefined) {
    const error = new DetectError('inspect.failed', DAMAGE_DETAILS.endsAgain);
    await deps.answers.add({ jobId: batch.jobId, no: suspect.no, result: failureOf(error) });
    left.shift();
  }
  const { over, end } = startTurn(deps);
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = over.aborted ? undefined : left.shift()) {
      // Items that are refused at once would follow one another without anybody else having a turn.
      await nextTurn();
      const meaning = over.aborted ? 'not done' : await answer(batch, item, delay === undefined, over, deps);
      if (meaning === 'passing') failed.push(item);
      if (meaning !== 'not done') continue;
      left.push(item);
      // No room on this machine, or no database: nothing else could be done instead.
      await sleep(PAUSE_MS, undefined, { signal: over }).catch(() => undefined);
    }
  };
  const width = batch.claims > SUSPECT_CLAIMS ? 1 : ITEMS_PER_LANE;
  await Promise.all(Array.from({ length: width }, lane));
  end();
  return partsOf({ left, failed, batch, delay: delay ?? 0 });
}

/** A signal that ends with the turn, or with the process. */
function startTurn({ signal, turnMs }: TurnDeps): { readonly over: AbortSignal; readonly end: () => void } {
  const turn = new AbortController();
  // Every item that waits for its host listens, and leaves.
  setMaxListeners(0, turn.signal);
  const stop = () => turn.abort(new DetectError('inspect.aborted'));
  const timer = setTimeout(stop, turnMs);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  };
  return { over: turn.signal, end };
}

/** Has one item inspected and its answer recorded, or tells why there is none yet. */
async function answer(
  { jobId, keyId, quota, generator }: Batch,
  { no, url }: Item,
  isLast: boolean,
  over: AbortSignal,
  { jobs, answers, inspect, hosts, signal }: TurnDeps,
): Promise<'final' | 'passing' | 'not done'> {
  let reservation: SetAside | undefined;
  try {
    reservation = await jobs.reserve({ id: keyId, quota });
    if (reservation === undefined) throw new DetectError('key.quota');
    const inspection = await hosts.visit(
      hostOf(url),
      keyId,
      () => inspect(url, { keyId, generator, signal }),
      over,
    );
    await answers.add({ jobId, no, result: resultOf(inspection) });
    return 'final';
  } catch (thrown) {
    const error =
      thrown instanceof DetectError ? thrown : new DetectError('internal', undefined, { cause: thrown });
    const meaning = meaningOf(error);
    if (meaning === 'not done' || (meaning === 'passing' && !isLast)) return meaning;
    return await answers.add({ jobId, no, result: failureOf(error) }).then(
      () => 'final',
      () => 'not done',
    );
  } finally {
    // The books have the image by now, or it is not needed: recording counts, in one step with the result.
    reservation?.release();
  }
}

/**
 * What is left of a batch: items that nobody got to are due at once, those that failed after their delay. Each stretch of
 * one kind is a part: what lies between its items and is of neither kind has its answer.
 */
function partsOf({ left, failed, batch, delay }: Leftover): readonly Part[] {
  const again = left.map(({ no }) => ({ first: no, last: no, attempt: batch.attempt, inMs: 0 }));
  const later = failed.map(({ no }) => ({ first: no, last: no, attempt: batch.attempt + 1, inMs: delay }));
  const parts: Part[] = [];
  for (const part of [...again, ...later].sort((a, b) => a.first - b.first)) {
    const before = parts.at(-1);
    if (before?.attempt === part.attempt) parts[parts.length - 1] = { ...before, last: part.last };
    else parts.push(part);
  }
  return parts;
}

interface Leftover {
  readonly left: readonly Item[];
  readonly failed: readonly Item[];
  readonly batch: Batch;
  readonly delay: number;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function failureOf({ code, message }: DetectError): ItemResult {
  return { error: { code, message } };
}

/** Of an inspection what is worth keeping a million times. */
function resultOf({ pass, reason, checks, image, faces }: Inspection): ItemResult {
  const { format, width, height, bytes } = image;
  const advice = checks.filter(({ status }) => status === 'fail').map((check) => check.advice);
  return { pass, reason, advice, image: { format, width, height, bytes }, faces: faces.length };
}

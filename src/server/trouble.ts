/** Trouble that goes on, such as a database that is away for hours, in a log that people read. */
import type { Logger } from 'pino';
import { causesOf } from './causes.ts';

/** How long the same line is not written again while it goes on, in ms. */
const QUIET_MS = 60_000;
/** What has not come for so long, in ms, is over: the next of it is new. */
const OVER_MS = 10_000;
/** Most lines that are known at a time. */
const MOST_LINES = 100;

/** Told of trouble; the text says what follows from it. */
export type Trouble = (text: string, error: unknown) => void;

/**
 * Warns of trouble: what goes on once a minute, with how often it came in between.
 *
 * @param now a clock that never goes back, in ms
 */
export function troubleLog(log: Pick<Logger, 'warn'>, now = () => performance.now()): Trouble {
  const told = new Map<string, { readonly at: number; lastAt: number; passedOver: number }>();
  return (text, error) => {
    const err = causesOf(error);
    const line = `${text}: ${err}`;
    const at = now();
    const before = told.get(line);
    if (before !== undefined && at - before.at < QUIET_MS && at - before.lastAt < OVER_MS) {
      before.lastAt = at;
      before.passedOver++;
      return;
    }
    // Causes may name what is different each time.
    if (told.size >= MOST_LINES) told.clear();
    told.set(line, { at, lastAt: at, passedOver: 0 });
    log.warn(before?.passedOver ? { err, again: before.passedOver } : { err }, text);
  };
}

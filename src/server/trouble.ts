/** Trouble that goes on, such as a database that is away for hours, in a log that people read. */
import type { Logger } from 'pino';
import { causesOf } from './causes.ts';

/** How long the same line is not written again, in ms. */
const QUIET_MS = 60_000;
/** Most lines that are known at a time. */
const MOST_LINES = 100;

/** Told of trouble; the text says what follows from it. */
export type Trouble = (text: string, error: unknown) => void;

/**
 * Warns of trouble: the same of it once a minute, with how often it came in between.
 *
 * @param now a clock that never goes back, in ms
 */
export function troubleLog(log: Pick<Logger, 'warn'>, now = () => performance.now()): Trouble {
  const told = new Map<string, { readonly at: number; passedOver: number }>();
  return (text, error) => {
    const err = causesOf(error);
    const line = `${text}: ${err}`;
    const before = told.get(line);
    if (before !== undefined && now() - before.at < QUIET_MS) {
      before.passedOver++;
      return;
    }
    // Causes may name what is different each time.
    if (told.size >= MOST_LINES) told.clear();
    told.set(line, { at: now(), passedOver: 0 });
    log.warn(before?.passedOver ? { err, again: before.passedOver } : { err }, text);
  };
}

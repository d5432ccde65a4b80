/** When a key ends by itself. */
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import type { ApiKey } from './store.ts';

const HOUR_MS = 3_600_000;
const UNITS = { h: HOUR_MS, d: 24 * HOUR_MS } as const;
/** The furthest end that is taken, in days: some ten years, so that a slip of the finger is noticed. */
export const MOST_DAYS = 3_660;

/** Hours or days from now, as in `90d`. */
const SPAN = /^(\d{1,6})([hd])$/;
/** A day, or a time with its zone: without one, it would be another time on another machine. */
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/**
 * The end that a person asks for.
 *
 * @param text `90d`, `12h`, `2027-01-31` (from 00:00 UTC of that day on the key is refused), or `2027-01-31T18:00+08:00`
 * @param now  ms since 1970
 * @returns ISO 8601, UTC
 * @throws DetectError `key.input` that says what is allowed
 */
export function expiryOf(text: string, now: number): string {
  const [, count, unit] = SPAN.exec(text) ?? [];
  const at = unit === undefined ? dateOf(text) : now + Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!(at > now && at <= now + MOST_DAYS * UNITS.d)) {
    throw new DetectError(
      'key.input',
      fill(SERVICE_DETAILS.keyEnd, { text: JSON.stringify(text), most: MOST_DAYS }),
    );
  }
  return new Date(at).toISOString();
}

/** Whether a key is over. */
export function isOver({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now;
}

/** NaN for what is not a date, such as the 31st of February, which `Date` would take for one in March. */
function dateOf(text: string): number {
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN;
  const day = Date.parse(text.slice(0, 'YYYY-MM-DD'.length));
  return new Date(day).getUTCDate() === Number(text.slice(8, 10)) ? at : Number.NaN;
}

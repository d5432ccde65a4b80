import * as z from 'zod';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { Judged } from './tally.ts';

const words = z.array(z.string()).min(1);

const floorSchema = z.strictObject({
  /** What it asks for, in words. */
  name: z.string(),
  /** Which labelled pictures it is about: those that have one of the words in each column that is named. */
  where: z.record(z.string(), words),
  /** What they must end in: one of these outcomes (`pass`, `fail`, `error`) … */
  outcome: words.optional(),
  /** … with one of these tokens … */
  token: words.optional(),
  /** … and none of these. */
  notToken: words.optional(),
  /** The least share of them that must, 0 to 1. */
  share: z.number().min(0).max(1),
});

/** A demand on a labelled set: this share of those pictures must end like that. */
export type Floor = z.infer<typeof floorSchema>;

/** How a set stands to a floor. */
export interface Held {
  readonly total: number;
  /** Share that ended as demanded, 0 to 1; 0 where there is no such picture. */
  readonly share: number;
  readonly isHeld: boolean;
}

/**
 * Reads floors from JSON: a list of them.
 *
 * @throws DetectError `manifest.invalid`
 */
export function parseFloors(text: string): Floor[] {
  try {
    return z.array(floorSchema).parse(JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : 'It is not JSON.';
    throw new DetectError('manifest.invalid', fill(COMMAND_DETAILS.floors, { detail }), { cause });
  }
}

/** Holds judged pictures against a floor. A floor that finds no picture is not held: its words are wrong. */
export function holdAgainst(
  { where, outcome, token, notToken, share }: Floor,
  judged: readonly Judged[],
): Held {
  const meant = judged.filter(({ columns, expected, group, reason, source }) => {
    const known: Readonly<Record<string, string>> = { ...columns, expected, group, reason, source };
    return Object.entries(where).every(([name, values]) => values.includes(known[name] ?? ''));
  });
  const good = meant.filter(
    (item) =>
      (outcome?.includes(item.outcome) ?? true) &&
      (token?.includes(item.token) ?? true) &&
      !notToken?.includes(item.token),
  );
  const reached = meant.length === 0 ? 0 : good.length / meant.length;
  return { total: meant.length, share: reached, isHeld: meant.length > 0 && reached >= share };
}

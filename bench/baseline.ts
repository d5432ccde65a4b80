import { OURS, YUNET } from './contestants.ts';
import type { Machine } from './machine.ts';
import type { ManyResults } from './many.ts';
import { INFERENCE } from './peers/peer.ts';
import type { PhotoClass } from './photos.ts';
import { nameOf, type PictureSpec } from './pictures.ts';
import type { Upkeep } from './race.ts';
import type { Ratio } from './ratios.ts';
import type { ServerResults } from './server.ts';
import type { SpeedResults } from './speed.ts';

/** One picture's figures. */
export interface BaselinePicture extends PictureSpec {
  readonly bytes: number;
  /** Median processor time of each contestant, in milliseconds. */
  readonly ms: Readonly<Record<string, number>>;
  /** Median processor time of our stages, in milliseconds. */
  readonly stages: Readonly<Record<string, number>>;
  /** The same of YuNet's inference alone, where it took part. */
  readonly yunetInference?: number | undefined;
}

/** The committed figures: what the chart, the tables of the docs and `bench:check` are made from. */
export interface Baseline {
  readonly machine: Machine;
  /** What `bench:check` holds. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly pictures: readonly BaselinePicture[];
  readonly upkeep: Readonly<Record<string, Upkeep>>;
  /** Means over labelled photos. */
  readonly photos: readonly PhotoClass[];
  readonly many: ManyResults;
  readonly server: ServerResults;
}

/** Digits that two runs on one machine agree on, and one more. */
const DIGITS = 3;

/**
 * The committed figures of one run of everything.
 *
 * @param held   the ratios as `bench:check` measures them
 * @param photos those before, where there were no photos to measure on
 */
export function baselineOf(
  { machine, results, upkeep }: SpeedResults,
  many: ManyResults,
  server: ServerResults,
  held: readonly Ratio[],
  photos: readonly PhotoClass[],
): Baseline {
  const pictures = results.map(({ contestants, ...result }) => ({
    ...result,
    ms: Object.fromEntries(Object.entries(contestants).map(([name, { cpu }]) => [name, cpu.median])),
    stages: contestants[OURS].stages,
    yunetInference: contestants[YUNET]?.stages[INFERENCE],
  }));
  const ratios = Object.fromEntries(held.map(({ name, value }) => [name, value]));
  return rounded({ machine, ratios, pictures, upkeep, photos, many, server });
}

/** The figures of one picture. */
export function pictureOf({ pictures }: Baseline, spec: PictureSpec): BaselinePicture {
  const found = pictures.find((picture) => nameOf(picture) === nameOf(spec));
  if (!found) throw new Error(`The baseline has no ${nameOf(spec)}.`);
  return found;
}

/** The same with all numbers that are not whole rounded. */
function rounded<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(DIGITS)) : part,
  );
}

import type { Sample } from './samples.ts';

/**
 * The origin by which samples are kept apart. One source holds two sets of photos of quite different make, full
 * frames and 120 pixel crops, and most of the labelled yaw: they count as two.
 */
export function originOf(
  { source, file }: Pick<Sample, 'source' | 'file'>,
  note: ReadonlyMap<string, string>,
): string {
  return note.get(file)?.includes('120px crop') ? `${source} (120 px crops)` : source;
}

/**
 * Deals origins to folds, the largest first, each to the fold that is smallest so far. No origin is in two folds.
 *
 * @returns the fold of each sample
 */
export function dealFolds(origins: readonly string[], folds: number): Int32Array {
  const counts = new Map<string, number>();
  for (const origin of origins) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  const sizes = new Array<number>(folds).fill(0);
  const foldOf = new Map<string, number>();
  const bySize = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [origin, count] of bySize) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest] += count;
    foldOf.set(origin, smallest);
  }
  return Int32Array.from(origins, (origin) => foldOf.get(origin)!);
}

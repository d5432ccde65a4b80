/** The way back of pictures that outlived a reload. */
import type { Newcomer, Picture } from '../picture.ts';
import type { Restored } from './keeper.ts';

/** Pictures out of what was kept, those that were made from others with these. */
export function bringBack(
  restored: readonly Restored[],
  create: (newcomer: Newcomer) => Picture,
): readonly Picture[] {
  const found = new Map<string, Picture>();
  for (const { key, entry } of restored) {
    const { name, source, loaded, converted, progress } = entry;
    const from = entry.repaired && found.get(entry.repaired.from);
    const repaired = from ? { from, steps: entry.repaired?.steps ?? [] } : undefined;
    const picture = create({ name, source, key: key.id, ...(repaired && { repaired }) });
    picture.progress.value = progress;
    picture.converted.value = converted;
    picture.shown.value = converted?.file ?? picture.shown.value ?? loaded;
    found.set(key.id, picture);
  }
  return [...found.values()];
}

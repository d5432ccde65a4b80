/** Whether the books say what was answered. */
import type { Fortress } from './fortress.ts';

interface UsageRow {
  readonly keyName: string;
  readonly count: number;
}

/** How many images the books have for a key, by its name. */
export async function bookedFor(fortress: Fortress, keyName: string): Promise<number> {
  const rows = JSON.parse(await fortress.command('usage', '--json')) as UsageRow[];
  return rows.filter((row) => row.keyName === keyName).reduce((sum, { count }) => sum + count, 0);
}

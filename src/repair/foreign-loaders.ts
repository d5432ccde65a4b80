import { loadSharp, type Sharp } from '../node/decode/sharp.ts';
import type { EngineName } from '../node/engine.ts';

/**
 * sharp with the other formats that are converted. What may be loaded is the whole process's: this is called by the process
 * that has one file open, and by nothing else.
 *
 * @throws DetectError `inspector.unavailable`
 */
export async function loadSharpForAll(engine: EngineName | undefined): Promise<Sharp> {
  const { part: sharp } = await loadSharp(engine);
  sharp.unblock({
    operation: ['VipsForeignLoadNsgifBuffer', 'VipsForeignLoadTiffBuffer', 'VipsForeignLoadHeifBuffer'],
  });
  return sharp;
}

import { join } from 'node:path';
import type { Sink } from './check-pictures.ts';
import { writeWhole } from './output.ts';

/** Writes each inspected picture with what was found drawn in, as a PNG, below a folder. */
export function annotationSink(folder: string): Sink {
  return {
    async add({ name, annotated }) {
      if (annotated !== undefined) await writeWhole(join(folder, `${name}.png`), annotated);
    },
    close: async () => undefined,
  };
}

import { join } from 'node:path';
import { writeWhole } from './output.ts';
import type { Sink } from './sink.ts';

/** Writes each inspected picture with what was found drawn in, as a PNG, below a folder. */
export function annotationSink(folder: string): Sink {
  return {
    async add({ name, annotated }) {
      if (annotated !== undefined) await writeWhole(join(folder, `${name}.png`), annotated);
    },
    close: async () => undefined,
  };
}

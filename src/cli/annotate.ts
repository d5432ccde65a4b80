import { join } from 'node:path';
import { fitting } from './fitting.ts';
import type { Inputs } from './inputs.ts';
import type { Sink } from './sink.ts';
import { writeWhole } from './whole-file.ts';

/** Writes each inspected picture with what was found drawn in, as a PNG, below a folder. */
export function annotationSink(folder: string, inputs: Inputs): Sink {
  return {
    async add({ name, annotated }) {
      if (annotated === undefined) return;
      const path = fitting(join(folder, `${name}.png`));
      await inputs.spare(path);
      await writeWhole(path, annotated);
    },
    close: async () => undefined,
  };
}

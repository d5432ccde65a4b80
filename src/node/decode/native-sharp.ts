import { createRequire } from 'node:module';
import type { Sharp } from './sharp.ts';
import { restrict } from './sharp-settings.ts';

/** As CommonJS it loads in half the time that its modules take. */
export const sharp: Sharp = createRequire(import.meta.url)('sharp');

/** Whether it is what its name says: where sharp finds no native part, it takes WebAssembly that somebody installed. */
export const isNative = !('emscripten' in sharp.versions);

restrict(sharp);

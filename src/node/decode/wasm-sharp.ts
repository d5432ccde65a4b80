import { createRequire } from 'node:module';
import type { Sharp } from './sharp.ts';
import { restrict } from './sharp-settings.ts';

/** sharp from `dist/wasm/sharp`, where the build lays it (`tools/package/wasm.js`). */
export const sharp: Sharp = createRequire(import.meta.url)('#wasm-sharp');

restrict(sharp);

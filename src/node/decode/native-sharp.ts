import sharp from 'sharp';
import { restrict } from './sharp-settings.ts';

/** Whether it is what its name says: where sharp finds no native part, it takes WebAssembly that somebody installed. */
export const isNative = !('emscripten' in sharp.versions);

restrict(sharp);

export { sharp };

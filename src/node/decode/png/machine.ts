import { PNG } from '#png';
import type { Memory } from '../../../core/kernels/wasm.ts';
import { Machines } from '../machines.ts';

/** The decoder. Its sources, in `assembly/`, say what each function does and takes. */
export interface Machine {
  readonly memory: Memory;
  clear(): void;
  setPicture(
    width: number,
    height: number,
    bytesOfPixel: number,
    smallWidth: number,
    smallHeight: number,
    most: number,
  ): number;
  dataEnd(): number;
  take(bytes: number): number;
}

/** Decoders of PNGs. */
export const machines = new Machines<Machine>(PNG);

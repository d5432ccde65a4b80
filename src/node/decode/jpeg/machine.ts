import { JPEG } from '#jpeg';
import type { Memory } from '../../../core/kernels/wasm.ts';
import { Machines } from '../machines.ts';

/** The decoder. Its sources, in `assembly/`, say what each function does and takes. */
export interface Machine {
  readonly memory: Memory;
  clear(): void;
  allocate(bytes: number): number;
  makeTable(spec: number, isDc: boolean): number;
  setPlane(
    i: number,
    across: number,
    down: number,
    quantizers: number,
    dcTable: number,
    acTable: number,
  ): void;
  setPicture(width: number, height: number, count: number, factor: number): void;
  setResult(
    smallWidth: number,
    smallHeight: number,
    firstRow: number,
    end: number,
    bytes: number,
    origin: number,
    step: number,
    stride: number,
  ): number;
  begin(data: number, bytes: number, restart: number): number;
  decode(rows: number): number;
}

/** Decoders of JPEGs. */
export const machines = new Machines<Machine>(JPEG);

import { JPEG } from '#jpeg';
import { compile, type Memory } from '../../../core/kernels/wasm.ts';

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

/** How many decoders are kept for the next pictures. */
const MOST_IDLE = 2;
/** One whose memory has grown to more bytes than this is not kept. */
const MOST_KEPT = 6 * 1024 * 1024;

const idle: Machine[] = [];
/** Null where there is no WebAssembly with SIMD. */
let instantiate: (() => unknown) | null | undefined;

/** A decoder that nobody else uses until it is given back; null where there is none, as WebAssembly or memory is lacking. */
export function takeMachine(): Machine | null {
  if (instantiate === undefined) instantiate = orNull(() => compile(JPEG));
  const make = instantiate;
  // Each takes 10 GB of the addresses that a process may use, which `ulimit -v` may leave no room for.
  return idle.pop() ?? (make && (orNull(make) as Machine | null));
}

function orNull<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    return null;
  }
}

/** Gives a decoder back; not one that has trapped. */
export function giveBack(machine: Machine): void {
  if (idle.length < MOST_IDLE && machine.memory.buffer.byteLength <= MOST_KEPT) idle.push(machine);
}

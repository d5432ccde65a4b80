import { KERNELS } from '#kernels';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { bytesOfBase64 } from '../base64.ts';

/** The loops over pixels. Their sources, in `assembly/`, say what each of them does and takes. */
interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  letterbox(
    pixels: number,
    width: number,
    height: number,
    every: number,
    outWidth: number,
    outHeight: number,
    spans: number,
    sums: number,
    out: number,
    size: number,
  ): void;
  average(...given: [...Sampled, taps: number, weight: number, out: number]): void;
  interpolate(...given: [...Sampled, weight: number, out: number]): void;
}

/** A picture and a grid of samples on it. */
type Sampled = [
  pixels: number,
  width: number,
  height: number,
  firstRow: number,
  originX: number,
  originY: number,
  dx: number,
  dy: number,
  outSize: number,
];

/** What is used of WebAssembly, which Node's types leave out. */
interface Machine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** Memory grows by pages of so many bytes. */
const PAGE = 65_536;
/** Where pixels lie in memory: a pointer that was never set is 0. */
const PIXELS_AT = 16;
/** The loops read up to so many bytes behind the last pixel. */
const READ_BEYOND = 16;

/**
 * The loops and their memory. It holds the pixels of one call and what is made of them; the most that a picture was ever decoded
 * to is what it keeps, some 6 MB.
 */
class Kernels {
  readonly loops: Loops;
  #bytes = new Uint8Array(0);
  #floats = new Float32Array(0);

  constructor() {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: Machine }).WebAssembly;
    this.loops = new Instance(new Module(bytesOfBase64(KERNELS))).exports as Loops;
  }

  /**
   * Puts pixels into memory, in place of those before.
   *
   * @param behind bytes that are wanted behind them
   * @returns where the pixels begin, and where the bytes behind them do: at a multiple of 16
   */
  place(pixels: Uint8Array, behind: number): { readonly pixels: number; readonly behind: number } {
    const from = Math.ceil((PIXELS_AT + pixels.length + READ_BEYOND) / 16) * 16;
    this.#grow(from + behind);
    this.#bytes.set(pixels, PIXELS_AT);
    return { pixels: PIXELS_AT, behind: from };
  }

  /** Some floats in memory, valid until pixels are placed again. */
  floats(at: number, count: number): Float32Array {
    return this.#floats.subarray(at / 4, at / 4 + count);
  }

  #grow(bytes: number): void {
    const { memory } = this.loops;
    const lacking = bytes - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
    // Memory that has grown is another buffer.
    if (this.#bytes.buffer === memory.buffer) return;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
  }
}

let kernels: Kernels | undefined;

/**
 * The loops over pixels. All inspectors of a thread share them, since nobody has a turn between two lines of a function.
 *
 * @throws DetectError `inspector.unavailable` where there is no WebAssembly with SIMD: in Node without a compiler (`--jitless`), in
 *   browsers before 2021, in Safari before 2023
 */
export function openKernels(): Kernels {
  try {
    kernels ??= new Kernels();
    return kernels;
  } catch (cause) {
    throw new DetectError('inspector.unavailable', SERVICE_DETAILS.noSimd, { cause });
  }
}

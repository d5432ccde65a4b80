import { KERNELS } from '#kernels';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { compile, type Memory } from './wasm.ts';

/** The loops over pixels. Their sources, in `assembly/`, say what each of them does and takes. */
interface Loops {
  readonly memory: Memory;
  letterbox(
    pixels: number,
    width: number,
    height: number,
    every: number,
    outWidth: number,
    outHeight: number,
    room: number,
    out: number,
    size: number,
  ): void;
  letterboxRoom(width: number, outWidth: number): number;
  sample(
    pixels: number,
    width: number,
    height: number,
    firstRow: number,
    originX: number,
    originY: number,
    dx: number,
    dy: number,
    outSize: number,
    taps: number,
    weight: number,
    out: number,
  ): void;
  slopes(
    planes: number,
    size: number,
    isCoarse: boolean,
    from: number,
    edge: number,
    smoothings: number,
    room: number,
  ): number;
  slopesRoom(edge: number): number;
}

/** Memory grows by pages of so many bytes. */
const PAGE = 65_536;
/** Where in memory lies what a call brings: a pointer that was never set is 0. */
const GIVEN_AT = 16;
/** The loops read up to so many bytes behind it. */
const READ_BEYOND = 16;

/**
 * The loops and their memory. It holds what one call brings and what is made of that, and stays as large as the largest was: some
 * 6 MB, since no picture is decoded to more than 1280 x 1280 pixels.
 */
class Kernels {
  readonly loops: Loops;
  #bytes = new Uint8Array(0);
  #floats = new Float32Array(0);

  constructor() {
    this.loops = compile(KERNELS)() as Loops;
  }

  /**
   * Puts pixels into memory, in place of what was there.
   *
   * @param behind bytes that are wanted behind them
   * @returns where the pixels begin, and where the bytes behind them do: at multiples of 16
   */
  place(pixels: Uint8Array, behind: number): Place {
    const place = this.#makeRoom(pixels.length, behind);
    this.#bytes.set(pixels, place.at);
    return place;
  }

  /** As {@link place}, but floats. */
  placeFloats(floats: Float32Array, behind: number): Place {
    const place = this.#makeRoom(floats.byteLength, behind);
    this.#floats.set(floats, place.at / 4);
    return place;
  }

  /** Some floats in memory, valid until something is placed again. */
  floats(at: number, count: number): Float32Array {
    return this.#floats.subarray(at / 4, at / 4 + count);
  }

  #makeRoom(given: number, behind: number): Place {
    const from = Math.ceil((GIVEN_AT + given + READ_BEYOND) / 16) * 16;
    const { memory } = this.loops;
    const lacking = from + behind - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
    // Memory that has grown is another buffer.
    if (this.#bytes.buffer !== memory.buffer) {
      this.#bytes = new Uint8Array(memory.buffer);
      this.#floats = new Float32Array(memory.buffer);
    }
    return { at: GIVEN_AT, behind: from };
  }
}

/** Where something lies in memory, and where the room behind it begins. */
interface Place {
  readonly at: number;
  readonly behind: number;
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

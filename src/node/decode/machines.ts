import { compile, type Memory } from '../../core/kernels/wasm.ts';

/** So many decoders of a kind wait for the next picture, where no more than that are used at once. */
const MOST_IDLE = 2;
/** One whose memory has grown to more bytes than this is not kept. */
const MOST_KEPT = 6 * 1024 * 1024;

/** Decoders of one kind, in WebAssembly: each has memory of its own, and decodes one picture at a time. */
export class Machines<Machine extends { readonly memory: Memory }> {
  readonly #module: string;
  readonly #idle: Machine[] = [];
  /** Null where there is no WebAssembly with SIMD. */
  #instantiate: (() => unknown) | null | undefined;

  /** @param module in base64; it is compiled when the first picture comes */
  constructor(module: string) {
    this.#module = module;
  }

  /** One that nobody else uses until it is given back; null where there is none, as WebAssembly or memory is lacking. */
  take(): Machine | null {
    if (this.#instantiate === undefined) this.#instantiate = orNull(() => compile(this.#module));
    const make = this.#instantiate;
    // Each takes 10 GB of the addresses that a process may use, which `ulimit -v` may leave no room for.
    return this.#idle.pop() ?? (make && (orNull(make) as Machine | null));
  }

  /** Takes one back; not one that has trapped. */
  giveBack(machine: Machine): void {
    const isSmall = machine.memory.buffer.byteLength <= MOST_KEPT;
    if (isSmall && this.#idle.length < MOST_IDLE) this.#idle.push(machine);
  }
}

function orNull<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    return null;
  }
}

import { bytesOfBase64 } from '../base64.ts';

/** What is used of WebAssembly, which Node's types leave out. */
interface Machine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  readonly RuntimeError: new () => Error;
}

/** A module's memory. */
export interface Memory {
  /** Another one after each growth. */
  readonly buffer: ArrayBuffer;
  /** @param pages of 65,536 bytes */
  grow(pages: number): number;
}

function machine(): Machine {
  return (globalThis as unknown as { WebAssembly: Machine }).WebAssembly;
}

/**
 * Compiles a module that imports nothing.
 *
 * @param base64 the module
 * @returns makes an instance and gives what it exports: each one has its own memory
 * @throws where there is no WebAssembly, or without what the module uses of it
 */
export function compile(base64: string): () => unknown {
  const { Module, Instance } = machine();
  const module = new Module(bytesOfBase64(base64));
  return () => new Instance(module).exports;
}

/** Whether an error is one that a module's code ended with, such as reading beyond its memory. */
export function isTrap(error: unknown): boolean {
  return error instanceof machine().RuntimeError;
}

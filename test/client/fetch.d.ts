/**
 * What the client may use of its runtime, and no more: fetch and what belongs to it, signals, timers, text. Node, browsers, Bun, Deno
 * and edge runtimes all have these. With this file and without any other types the client compiles.
 */

interface Blob {
  readonly size: number;
  readonly type: string;
}
declare const Blob: {
  prototype: Blob;
  new (parts?: readonly (string | Blob | Uint8Array<ArrayBuffer>)[], options?: { type?: string }): Blob;
};

interface FormData {
  set(name: string, value: string): void;
  set(name: string, value: Blob, fileName?: string): void;
}
declare const FormData: { prototype: FormData; new (): FormData };

interface URL {
  readonly href: string;
  readonly origin: string;
  readonly pathname: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: { prototype: URL; new (url: string | URL): URL; canParse(url: string): boolean };
declare const URLSearchParams: { new (entries: Record<string, string>): object };

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { new (): AbortController };

declare function setTimeout(work: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare const performance: { now(): number };
declare function atob(text: string): string;

declare const TextDecoder: { new (): { decode(bytes?: Uint8Array, options?: { stream?: boolean }): string } };
declare const TextEncoder: { new (): { encode(text: string): Uint8Array<ArrayBuffer> } };

// biome-ignore lint/suspicious/noExplicitAny: as everywhere
interface ReadableStream<T = any> {
  getReader(): {
    read(): Promise<{ done: true; value?: undefined } | { done: false; value: T }>;
    cancel(): Promise<void>;
  };
  cancel(): Promise<void>;
}
declare const ReadableStream: {
  // biome-ignore lint/suspicious/noExplicitAny: as everywhere
  prototype: ReadableStream<any>;
  new <T>(source: {
    pull(controller: { enqueue(piece: T): void; close(): void }): Promise<void>;
    cancel(): Promise<void>;
  }): ReadableStream<T>;
};

interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
}
declare function fetch(
  url: string,
  options?: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Blob | FormData | ReadableStream;
    redirect?: 'manual';
    signal?: AbortSignal;
    duplex?: 'half';
  },
): Promise<Response>;

/** How a worker came to be lost. */
export type LossKind =
  /** Its picture took more processor time than one may. */
  | 'cpu'
  /** Its picture took longer than one may, or nobody waited for it any more and it did not stop. */
  | 'time'
  /** It crashed, ended, or ran out of memory. */
  | 'crashed'
  /** Somebody else killed it, such as the kernel when memory was short. */
  | 'killed'
  /** Somebody else stopped it. */
  | 'stopped'
  /** It did not answer. */
  | 'silent';

/** A worker that was lost. */
export interface Loss {
  readonly kind: LossKind;
  /** One sentence, for the log. */
  readonly text: string;
  /** Processor time that its picture had taken, in milliseconds, where it is known. */
  readonly cpuMs: number | undefined;
}

/** Caused from outside: its picture isn't to blame, and another worker may look at it. */
const OUTSIDE: ReadonlySet<LossKind> = new Set(['killed', 'stopped', 'silent']);

/** Whether the picture that the worker had is not to blame. */
export function isFromOutside({ kind }: Loss): boolean {
  return OUTSIDE.has(kind);
}

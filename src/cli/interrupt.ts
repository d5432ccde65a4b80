/** Tells of Ctrl-C. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C, so that what has been done can be finished; the second one ends the process. */
  readonly signal: AbortSignal;
  /** Stops listening, and ends whatever still waits for the signal. */
  dispose(): void;
}

/** Listens for Ctrl-C until it is disposed of. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', abort);
      abort();
    },
  };
}

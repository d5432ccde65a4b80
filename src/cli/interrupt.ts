import { setMaxListeners } from 'node:events';
import { type CliContext, EXIT, tellError } from './context.ts';

/** What asks a run to end, and what the process ends with then. */
const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** Tells of Ctrl-C and SIGTERM. */
export interface Interrupt {
  /** Aborted by the first of them, so that what has been done can be finished; a second one ends the process. */
  readonly signal: AbortSignal;
  /** What to end with after it. */
  readonly exitCode: number;
  /** Stops listening, and ends whatever still waits for the signal. */
  dispose(): void;
}

/** Listens until it is disposed of. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  // Each download under way listens, and there may be more than the ten from which on Node suspects a leak.
  setMaxListeners(0, controller.signal);
  let exitCode: number = EXIT.interrupted;
  const ignore = () => {
    for (const name of Object.keys(SIGNALS)) process.off(name, onSignal);
  };
  const onSignal = (name: keyof typeof SIGNALS) => {
    ignore();
    exitCode = SIGNALS[name];
    controller.abort();
  };
  for (const name of Object.keys(SIGNALS)) process.on(name, onSignal);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    dispose() {
      ignore();
      controller.abort();
    },
  };
}

/** Tells how a command failed; of one that was asked to end there is nothing to tell. */
export async function tellFailure(
  context: CliContext,
  error: unknown,
  interrupt: Interrupt,
  exitCode: number,
): Promise<void> {
  if (interrupt.signal.aborted) context.setExitCode(interrupt.exitCode);
  else await tellError(context, error, exitCode);
}

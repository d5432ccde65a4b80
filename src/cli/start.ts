/** The command line's first step: what takes longest to load is started before the rest. */
import { ENGINE_VARIABLE, parseEngine } from '../node/engine.ts';
import { WorkerAhead } from '../workers/spawn-worker.ts';
import type { CliProcess } from './context.ts';
import { setHeap } from './heap.ts';

/** The commands that inspect pictures here, unless a service does: those that do so at once, and those that may be called bare. */
const INSPECTING = ['check', 'best', 'fix'];
const SERVING = ['serve', 'worker'];
/** With one of these, nothing is inspected here. */
const NOT_HERE = /^(?:-h|--help|--server(?:=.*)?)$/;

/** Runs the command line; it sets the exit code and never throws. */
export async function start(argv: readonly string[], given: CliProcess): Promise<void> {
  const ahead = startAhead(argv, given.env);
  setHeap();
  const { main } = await import('./main.ts');
  await main(argv, { ...given, ahead });
}

/** An inspecting process for a call that looks as if it needed one. Whether it does is found out meanwhile. */
function startAhead(
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): WorkerAhead | undefined {
  const isCalled = SERVING.includes(command) || (INSPECTING.includes(command) && args.length > 0);
  if (!isCalled || args.some((arg) => NOT_HERE.test(arg))) return;
  const named = env[ENGINE_VARIABLE];
  try {
    return new WorkerAhead(named ? parseEngine(named) : undefined);
  } catch {
    // The command will find the same, and say it.
    return undefined;
  }
}

/** The command line in a process of its own, as a person starts it. It needs `npm run build`, which `npm test` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The program. */
export const BIN = fileURLToPath(new URL('../../bin/liveportrait-detect.js', import.meta.url));

/** Prints the most memory that the process ever held, in KiB, when it ends; once, not for every thread. */
const MEASURE = `data:text/javascript,import{isMainThread}from'node:worker_threads';
if(isMainThread)process.on('exit',()=>process.stderr.write('maxRSS='+process.resourceUsage().maxRSS))`;

/** What a process ended in. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process under way. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** How a process is started. */
export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeArgs?: readonly string[];
  /** How many files it may have open; as many as this process when left out. */
  readonly files?: number;
  /** A command that runs another one, such as strace, with its arguments. */
  readonly through?: readonly string[];
  /** The folder that it runs in. */
  readonly cwd?: string;
  /** Has a standard input that stays open. */
  readonly isFed?: boolean;
}

/** Starts the program, or another one that is a JavaScript file. */
export function start(
  args: readonly string[],
  { env = {}, nodeArgs = [], files, through = [], cwd, isFed = false }: StartOptions = {},
  program: string = BIN,
): Started {
  const line = [...through, process.execPath, ...nodeArgs, program, ...args];
  // The shell lowers the limit, and becomes the program.
  const [command = '', ...rest] =
    files === undefined ? line : ['sh', '-c', `ulimit -n ${files}; exec "$0" "$@"`, ...line];
  const child = spawn(command, rest, {
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: [isFed ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const end = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
  const ended = Promise.all([end, text(child.stdout as Readable), text(child.stderr as Readable)]).then(
    ([[code, signal], out, err]) => ({ code, signal, out, err }),
  );
  return { child, ended };
}

/** Runs the program to its end and gives the most memory that it held, in MiB, too. */
export async function runMeasured(args: readonly string[]): Promise<Ended & { readonly maxRss: number }> {
  const ended = await start(args, { nodeArgs: ['--import', MEASURE] }).ended;
  const [, kib] = /maxRSS=(\d+)/.exec(ended.err) ?? [];
  if (kib === undefined) throw new Error(`The process measured nothing: ${ended.err}`);
  return { ...ended, maxRss: Number(kib) / 1024 };
}

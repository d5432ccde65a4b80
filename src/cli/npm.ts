import { readProcessStat } from '../workers/process-stat.ts';

/** How often to look whether npm is still there, in milliseconds. */
const LOOK_MS = 500;
/** What npm calls this program in a script of its own, or where `npx` runs it. */
const OURS = /\bliveportrait-detect\b/;
/** Shells, through which npm runs scripts; one that has a single command may become it. */
const SHELL = /^(?:ba|da|a|z|k|fi)?sh$|^busybox$/;

/**
 * Resolves when npm has ended whose script this process is. `npm start` and `npx` run programs through a shell; a SIGTERM ends both of
 * them, and neither hands it on. Never resolves in a process that npm did not start, or that left it on purpose before.
 */
export function npmEnded(env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve) => {
    // Windows tells of no other parent than the first.
    if (process.platform === 'win32' || !OURS.test(env.npm_lifecycle_script ?? '')) return;
    const isThere = watchOf(process.ppid);
    const timer = setInterval(() => {
      if (isThere()) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS);
    timer.unref();
  });
}

/** A process as Linux shows it. */
interface Shown {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
  /** In ticks since the machine started: whoever gets the same number later differs in it. */
  readonly startedAt: string | undefined;
}

/**
 * Tells whether npm is there, which runs this process or the shell that does. The shell may end before npm, where a script leaves this
 * process in the background for the next script, and after it, where npm was killed. Where the system does not tell, it stands for npm.
 */
function watchOf(parent: number): () => boolean {
  const shell = shown(parent);
  const npm = shell !== undefined && SHELL.test(shell.name) ? shown(shell.parent) : undefined;
  if (npm === undefined) return () => process.ppid === parent;
  return () => shown(npm.pid)?.startedAt === npm.startedAt;
}

/** Undefined for one that has ended, and where the system does not tell. */
function shown(pid: number): Shown | undefined {
  const stat = readProcessStat(pid);
  if (stat === undefined || stat.fields[0] === 'Z') return undefined;
  const { name, fields } = stat;
  return { pid, name, parent: Number(fields[1]), startedAt: fields[19] };
}

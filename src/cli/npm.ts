/** How often it is looked whether npm is still there, in milliseconds. */
const LOOK_MS = 500;
/** What npm calls this program in a script of its own, or where `npx` runs it. */
const OURS = /\bliveportrait-detect\b/;

/**
 * Resolves when npm has ended whose script this process is. `npm start` and `npx` run programs through a shell; a SIGTERM ends both of
 * them, and neither hands it on. Never resolves in a process that npm did not start, or that left it on purpose before.
 */
export function npmEnded(env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve) => {
    // Windows tells of no other parent than the first.
    if (process.platform === 'win32' || !OURS.test(env.npm_lifecycle_script ?? '')) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS);
    timer.unref();
  });
}

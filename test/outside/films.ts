/** ffmpeg, with which the tests make the films that they then have looked at. */
import { execFileSync } from 'node:child_process';

/** Whether Debian's ffmpeg is there. */
export const HAS_FFMPEG = (() => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

if (!HAS_FFMPEG) process.stderr.write('Films are not tested: apt-get install ffmpeg\n');

/** Makes a film; the last argument is its path. */
export function makeFilm(...args: readonly string[]): string {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  return args.at(-1) ?? '';
}

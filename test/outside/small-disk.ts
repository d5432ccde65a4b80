/** Disks that are really full. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';

const MIB = 1_048_576;

/** A disk of its own; undefined where none can be made. */
export async function smallDisk(bytes: number): Promise<string | undefined> {
  const folder = await temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

/** Writes into a file until so many bytes are free. */
export function fill(folder: string, left: number): void {
  const filler = join(folder, 'filler');
  appendFileSync(filler, '');
  const page = Buffer.alloc(4_096);
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(folder);
      const more = bavail * bsize - left;
      if (more < page.length) return;
      appendFileSync(filler, Buffer.alloc(Math.min(more, MIB)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

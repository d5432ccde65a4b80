/** Other processes as the kernel shows them: who started whom, what they hold, and whether they are still there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether the kernel shows them, as Linux does. */
export const SEES_PROCESSES = existsSync('/proc/self/stat');

/** The processes that a process has started and that have not ended. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((each) => Number.isInteger(each) && each > 0 && stateOf(each)?.parent === pid);
}

/** Whether a process has not ended. */
export function isThere(pid: number): boolean {
  const state = stateOf(pid);
  return state !== undefined && state.letter !== 'Z';
}

/** The variables that a process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]));
}

/** Memory of processes in MiB, what they share counted once (PSS). */
export function memoryOf(pids: readonly number[]): number {
  const kib = pids.map((pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]);
  });
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}

function stateOf(pid: number): { letter: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [letter = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { letter, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

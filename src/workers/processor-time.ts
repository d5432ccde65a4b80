import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (USER_HZ). */
const TICK_MS = 10;

/** What the kernel says of a process. */
export interface ProcessTimes {
  /** Processor time of all its threads so far, in milliseconds. */
  readonly cpuMs: number;
  /** Somebody has stopped it (SIGSTOP), and it does nothing. */
  readonly isStopped: boolean;
}

/** Asks the kernel about a process; undefined where it cannot tell, as anywhere but on Linux. */
export function processTimes(pid: number): ProcessTimes | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // What is in front of the last bracket is the name, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  return Number.isFinite(cpuMs) ? { cpuMs, isStopped: fields[0] === 'T' } : undefined;
}

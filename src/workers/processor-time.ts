import { readProcessStat } from './process-stat.ts';

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
  const fields = readProcessStat(pid)?.fields;
  if (fields === undefined) return undefined;
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  return Number.isFinite(cpuMs) ? { cpuMs, isStopped: fields[0] === 'T' } : undefined;
}

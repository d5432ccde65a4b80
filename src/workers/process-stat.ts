import { readFileSync } from 'node:fs';

/** What Linux tells of a process in one line (proc_pid_stat(5)). */
export interface ProcessStat {
  /** The program's name, or what the process calls itself. */
  readonly name: string;
  /** Everything behind the name: first the state, a letter. */
  readonly fields: readonly string[];
}

/** Undefined for a process that is gone, and anywhere but on Linux. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name is between the first bracket and the last, and may have some in it.
  const end = stat.lastIndexOf(')');
  return { name: stat.slice(stat.indexOf('(') + 1, end), fields: stat.slice(end + 2).split(' ') };
}

import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** From this load on (of a minute, as `uptime` tells it), somebody else is at work. */
const BUSY_LOAD = 0.5;

/** What figures were measured on; without a date or a name, so that it says nothing else. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly sharp: string;
  readonly onnxruntime: string;
}

/** This machine. */
export function thisMachine(): Machine {
  const [{ model } = { model: 'unknown' }, ...others] = cpus();
  return {
    processor: model.trim(),
    cores: others.length + 1,
    node: process.versions.node,
    sharp: versionOf('sharp'),
    onnxruntime: versionOf('onnxruntime-node'),
  };
}

/** A machine in one line. */
export function describeMachine({ processor, cores, node, sharp, onnxruntime }: Machine): string {
  return `${processor}, ${cores} cores, Node ${node}, sharp ${sharp}, onnxruntime ${onnxruntime}`;
}

/** Says on stderr when other work on this machine would be measured too. */
export function warnIfBusy(): void {
  const [load] = loadavg();
  if (load < BUSY_LOAD) return;
  process.stderr.write(
    `This machine is busy (load ${load.toFixed(1)}): wall times and rates will be those of a busy machine.\n`,
  );
}

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

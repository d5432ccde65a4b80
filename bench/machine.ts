import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** From this load on (of a minute, as `uptime` tells it), somebody else is at work. */
const BUSY_LOAD = 0.5;

/** What figures were measured on; without a date or a name, so that it says nothing else. */
export interface Machine {
  readonly processor: string;
  /** The widest vectors that it computes with: they decide what inference costs beside decoding. */
  readonly vectors: 'AVX-512' | 'AVX2' | 'other';
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
    vectors: vectorsOf(readCpuinfo()),
    cores: others.length + 1,
    node: process.versions.node,
    sharp: versionOf('sharp'),
    onnxruntime: versionOf('onnxruntime-common'),
  };
}

/** A machine in one line. */
export function describeMachine({ processor, vectors, cores, node, sharp, onnxruntime }: Machine): string {
  return `${processor} (vectors: ${vectors}), ${cores} cores, Node ${node}, sharp ${sharp}, onnxruntime ${onnxruntime}`;
}

/** Whether ratios measured on one machine say anything of another: where the processors are of a kind. */
export function isComparable(a: Machine, b: Machine): boolean {
  return a.processor === b.processor && a.vectors === b.vectors;
}

/** Says on stderr when other work on this machine would be measured too. */
export function warnIfBusy(): void {
  const [load] = loadavg();
  if (load < BUSY_LOAD) return;
  process.stderr.write(
    `This machine is busy (load ${load.toFixed(1)}): wall times and rates will be those of a busy machine.\n`,
  );
}

/** What Linux says of the processors; nothing elsewhere. */
function readCpuinfo(): string {
  return existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
}

function vectorsOf(cpuinfo: string): Machine['vectors'] {
  if (/\bavx512f\b/.test(cpuinfo)) return 'AVX-512';
  return /\bavx2\b/.test(cpuinfo) ? 'AVX2' : 'other';
}

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

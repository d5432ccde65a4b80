import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

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

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** Native code in a folder, and whether this machine could run it. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const NATIVE = /\.(?:node|dll|dylib|so(?:\.\d+)*)$/;
/** `e_machine` of an ELF header, by the name that Node has for the processor (System V ABI). */
const MACHINES: Readonly<Record<string, number>> = { x64: 0x3e, arm64: 0xb7 };
const MACHINE_OFFSET = 18;
const HEADER_BYTES = 20;

/** Native libraries that are not ELF for this processor, or that want another C library; paths relative to the folder. */
export function foreignBinaries(folder: string): string[] {
  return files(folder)
    .filter((path) => NATIVE.test(path))
    .filter((path) => !isOwn(path))
    .map((path) => relative(folder, path));
}

/** What the files of a folder hold, in bytes. */
export function sizeOf(folder: string): number {
  return files(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isOwn(path: string): boolean {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  readSync(file, header, 0, HEADER_BYTES, 0);
  closeSync(file);
  const isElf = header.toString('latin1', 0, 4) === '\x7fELF';
  const machine = MACHINES[process.arch];
  return isElf && header.readUInt16LE(MACHINE_OFFSET) === machine && !path.includes('musl');
}

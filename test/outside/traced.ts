/** What the tests of docs/privacy.md share: programs under strace, pictures to name, and what the page tells of reading. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type Ended, start } from '../cli/spawn.ts';
import { serveHere } from '../serve-here.ts';
import { CAN_TRACE, Trace } from './tracing.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const EXAMPLES = join(ROOT, 'examples/');

/** What {@link Trace.seen} gives for a program that keeps to itself. */
export const NOTHING = { sent: [], written: [], pried: [] };

/** Where every program of the system has its libraries from, and what it throws away. */
const LIBRARIES = ['/usr/lib', '/lib', '/etc/ld.so.', '/dev/null'];

if (!CAN_TRACE) process.stderr.write('What leaves is not tested: apt-get install strace\n');

/** Folders for one test, which are gone after it. */
export function makeTrace(): Trace {
  const trace = new Trace();
  onTestFinished(() => rmSync(trace.folder, { recursive: true, force: true }));
  return trace;
}

/** Runs a command, or another program, to its end. */
export async function run(trace: Trace, args: readonly string[], program?: string): Promise<Ended> {
  const ended = await start(args, { through: trace.through, env: trace.env }, program).ended;
  expect(ended.signal).toBeNull();
  return ended;
}

/** A program of somebody's. */
export function writeProgram(trace: Trace, text: string): string {
  const file = join(trace.folder, 'program.mjs');
  writeFileSync(file, text);
  return file;
}

/** A server of one picture. */
export async function servePicture(): Promise<string> {
  const picture = readFileSync(`${EXAMPLES}pass.jpg`);
  return await serveHere((_request, response) => response.end(picture));
}

/**
 * The files that a program opened to read, but for the product's own, Node's and the system's libraries, the folders that
 * were named, and those that the section of docs/privacy.md about reading names.
 */
export function untold(trace: Trace, named: readonly string[] = []): string[] {
  const node = join(process.execPath, '../..');
  const own = [ROOT, node, ...LIBRARIES, trace.data, trace.temporary, join(trace.folder, 'program.mjs')];
  const text = readFileSync(join(ROOT, 'docs/privacy.md'), 'utf8');
  const section = /^## What it reads$(.*?)^## /ms.exec(text)?.[1] ?? '';
  const told = [...section.matchAll(/`(~?\/[^`]+)`/g)].map(([, path = '']) => path.replace('~', trace.home));
  expect(told).toContain('/proc');
  // Node looks for the package.json of a program in all folders above it.
  return trace.read([...own, ...told, ...named]).filter((path) => !path.endsWith('/package.json'));
}

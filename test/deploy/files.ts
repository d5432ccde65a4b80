/** The files of `deploy/`, for tests. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { OPTIONS } from '../../src/server/options.ts';

/** The folder of the whole project, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file's text, by its path in the project. */
export function readText(path: string): string {
  return readFileSync(ROOT + path, 'utf8');
}

/** What is in a YAML file; the test says of what shape it is. */
export function readYaml<T>(path: string): T {
  return parse(readText(path)) as T;
}

/** Variables that are not the service's own options: Node's. */
const FOREIGN = ['NODE_ENV'];

/** Those of some environment variables that nobody reads. */
export function unknownVariables(names: readonly string[]): string[] {
  const known = new Set([...Object.values(OPTIONS).map(({ variable }) => variable as string), ...FOREIGN]);
  return names.filter((name) => !known.has(name));
}

/** How long the service takes to end at most, by the defaults, in ms: the drain, and its slack for closing. */
export const LONGEST_END_MS = Number(OPTIONS.drainMs.fallback) + 5_000;

/** Installs as others do: an empty project, an environment with nothing of ours in it, and no network but the registry. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the tests use of the registry, under names of their own. Kept between runs, until the next `npm ci`. */
const TOOLS = {
  node22: `npm:node-${process.platform}-${process.arch}@22.23.5`,
  node24: `npm:node-${process.platform}-${process.arch}@24.22.3`,
  'typescript-5.4': 'npm:typescript@5.4.5',
  'typescript-7': 'npm:typescript@7.0.2',
  'types-node': 'npm:@types/node@20.19.43',
  pnpm: '10.34.9',
  npm: '10.9.9',
  bun: '1.4.5',
  deno: '2.9.6',
};
const TOOLS_FOLDER = join(ROOT, 'node_modules', '.cache', 'outside-tools');

/**
 * The environment of somebody who has never heard of us: what npm or this test's runner set is gone, such as the line of
 * our .npmrc as `npm_config_engine_strict`; the way to the registry stays.
 */
function plainEnv(): NodeJS.ProcessEnv {
  const kept =
    /^(?:npm_config_(?:registry|cafile|cache)$|(?!npm_|vitest|NODE_ENV|NODE_OPTIONS|CI$|ORT_|LPD_))/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
}

/** Runs a program to its end, and gives what it printed; that of one that fails is in the error. */
export async function run(file: string, args: readonly string[], cwd: string): Promise<string> {
  const options = { cwd, env: plainEnv(), maxBuffer: 2 ** 26 };
  const { stdout } = await execute(file, args, options).catch((error) => {
    throw new Error(`${error.message}${error.stdout}`);
  });
  return stdout;
}

/** Runs a JavaScript file. */
export function runNode(args: readonly string[], cwd: string, node = process.execPath): Promise<string> {
  return run(node, args, cwd);
}

/** Gets the tools, and gives the path of a file in one; null where the registry is out of reach. */
export async function getTools(): Promise<((name: keyof typeof TOOLS, path: string) => string) | null> {
  const wanted = JSON.stringify({ private: true, dependencies: TOOLS });
  const folder = join(TOOLS_FOLDER, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(TOOLS_FOLDER, { recursive: true });
    const own = mkdtempSync(`${folder}-`);
    writeFileSync(join(own, 'package.json'), wanted);
    try {
      await run('npm', ['install', '--ignore-scripts', ...QUIET], own);
    } catch (error) {
      rmSync(own, { recursive: true });
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(String(error))) return null;
      throw error;
    }
    keepFirst(own, folder);
  }
  return (name, path) => join(folder, 'node_modules', name, path);
}

/** Gives a folder its name, whole as it is; of several that files of tests make at once, the first one keeps it. */
function keepFirst(own: string, folder: string): void {
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true });
  }
}

/** Options of `npm install` that change nothing of what is installed. */
export const QUIET = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** An empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lpd-install-'));
}

/** A project with nothing in it but these files. */
export function emptyProject(files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'package.json'), '{ "name": "theirs", "version": "1.0.0", "private": true }\n');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Packs the built product as `npm publish` does; gives the archive's path. */
export async function pack(): Promise<string> {
  const folder = emptyFolder();
  await run('npm', ['pack', ROOT, '--ignore-scripts', '--silent', '--pack-destination', folder], folder);
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/** The program itself, which lies in a package for its platform: the one in the package of its name is put there by a script. */
export function binaryOf(folder: string, name: 'bun' | 'deno'): string | null {
  const scope = join(dirname(folder), name === 'bun' ? '@oven' : '@deno');
  const platform = `${process.platform}-${process.arch}`;
  const found = readdirSync(scope).find((entry) => entry.includes(platform) && !/musl|baseline/.test(entry));
  return found === undefined ? null : join(scope, found, name === 'bun' ? 'bin/bun' : 'deno');
}

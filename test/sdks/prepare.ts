/**
 * The vendor's SDKs as programs have them, and a server of S3: fetched from their registries in the pinned releases, and not changed. They lie in
 * `cache/`, which git ignores. Where a language or its registry is missing, that is said in one line; in CI it is a failure.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CACHE = join(HERE, 'cache');
/** Longest time for an installation, in ms: minutes on a busy machine. */
const INSTALL_MS = 10 * 60_000;

const run = promisify(execFile);

/** Runs a prepared SDK. @returns what it printed, as JSON */
// biome-ignore lint/suspicious/noExplicitAny: JSON of several clients
export type Sdk = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<any>;

/** Python's SDK of a requirements file, with `client.py`. */
export function preparePython(requirements: string): Promise<Sdk | undefined> {
  const list = join(HERE, 'python', requirements);
  return prepare(`python-${digestOf(list)}`, `Python with ${requirements}`, async (folder) => {
    await run('python3', ['-m', 'venv', '--without-pip', folder], { timeout: INSTALL_MS });
    const pip = [
      '-m',
      'pip',
      '--quiet',
      '--disable-pip-version-check',
      '--python',
      join(folder, 'bin/python'),
    ];
    const install = ['install', '--no-compile', '--only-binary', ':all:', '-r', list];
    await run('python3', [...pip, ...install], { timeout: INSTALL_MS });
  }).then((folder) =>
    folder === undefined
      ? undefined
      : (args, env) => runJson(join(folder, 'bin/python'), [join(HERE, 'python/client.py'), ...args], env),
  );
}

/** Java's SDK, with `Client.java`. */
export function prepareJava(): Promise<Sdk | undefined> {
  const pom = join(HERE, 'java/pom.xml');
  const source = join(HERE, 'java/src/main/java/Client.java');
  return prepare(`java-${digestOf(pom, source)}`, 'Java and Maven', async (folder) => {
    const args = ['-q', '-B', '-f', pom, `-Dbuild.folder=${folder}`, 'process-classes'];
    await run('mvn', args, { timeout: INSTALL_MS });
  }).then((folder) =>
    folder === undefined
      ? undefined
      : (args, env) =>
          runJson(
            'java',
            ['-cp', `${join(folder, 'classes')}:${join(folder, 'lib/*')}`, 'Client', ...args],
            env,
          ),
  );
}

/** S3Proxy, a real server of S3. @returns the class path of its Main */
export async function prepareS3Proxy(): Promise<string | undefined> {
  const pom = join(HERE, 's3proxy/pom.xml');
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const folder = await prepare(`s3proxy-${digestOf(pom)}`, 'Java and Maven', async (target) => {
    await run('mvn', ['-q', '-B', '-f', pom, goal, `-DoutputDirectory=${target}`], { timeout: INSTALL_MS });
  });
  return folder && join(folder, '*');
}

/** Two generators of clients from a description of an API. @returns the folder with their `node_modules` */
export function prepareGenerators(): Promise<string | undefined> {
  const list = join(HERE, 'generated/package.json');
  return prepare(`generated-${digestOf(list)}`, 'the generators of clients', async (folder) => {
    mkdirSync(folder);
    copyFileSync(list, join(folder, 'package.json'));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', args, { cwd: folder, timeout: INSTALL_MS });
  });
}

/** The folder of what was made, now or earlier. */
async function prepare(
  name: string,
  what: string,
  make: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  const folder = join(CACHE, name);
  const done = `${folder}.done`;
  mkdirSync(CACHE, { recursive: true });
  const unlock = await lock(join(CACHE, 'lock'));
  try {
    if (existsSync(done)) return folder;
    rmSync(folder, { recursive: true, force: true });
    await make(folder);
    writeFileSync(done, '');
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (process.env.CI) throw error;
    process.stderr.write(`Some clients and stores are not tested: they need ${what}, and its registry\n`);
    return undefined;
  } finally {
    unlock();
  }
}

/** Keeps other test files out meanwhile, which may want the same; neither Maven nor pip does so. @returns what ends it */
async function lock(path: string): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(path);
      return () => rmSync(path, { recursive: true, force: true });
    } catch {
      const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
      // Its owner was ended before it could.
      if (mtimeMs > 0 && mtimeMs + INSTALL_MS < Date.now()) rmSync(path, { recursive: true, force: true });
      await sleep(200);
    }
  }
}

function digestOf(...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

async function runJson(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const { PATH, HOME, JAVA_HOME } = process.env;
  const { stdout } = await run(command, args, {
    env: { PATH, HOME, JAVA_HOME, LC_ALL: 'C.UTF-8', ...env },
    timeout: 120_000,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

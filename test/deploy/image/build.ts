/** Carries the steps of a Dockerfile out. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Stage, Step } from './dockerfile.ts';
import { type Circumstances, Room } from './room.ts';

/** What a network that is not open to all needs while the image is built, and the image must not keep. */
const PASSED_ON = /^(?:https?_proxy|no_proxy|npm_config_registry|node_extra_ca_certs)$/i;
const ROOT_USER = '0:0';
/** The image that this machine, with Debian and Node 20 on it, stands in for; and the npm that comes with it. */
const BASE = 'node:20-bookworm-slim';
const BASE_NPM = '10.8.2';

type Commands = Record<'entrypoint' | 'cmd' | 'healthcheck', readonly string[]>;

/** What a Dockerfile makes: files, and how to run what is in them. */
export interface Image extends Readonly<Commands> {
  readonly room: Room;
  readonly circumstances: Circumstances;
  readonly volumes: readonly string[];
}

/**
 * Copies what reaches the builder.
 *
 * @param ignore the text of .dockerignore: `*`, then what is let through
 */
export function copyContext(source: string, ignore: string, target: string): void {
  for (const path of readAllowed(ignore)) cpSync(join(source, path), join(target, path), { recursive: true });
}

/** The paths that a .dockerignore lets through; throws an Error for one that is no list of exceptions to `*`. */
export function readAllowed(ignore: string): string[] {
  const [all, ...exceptions] = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const plain = exceptions.every((line) => /^![\w./-]+$/.test(line));
  if (all !== '*' || !plain) throw new Error('.dockerignore is not "*" with plain exceptions.');
  return exceptions.map((line) => line.slice(1));
}

/** Builds all stages in folders of their own below `folder`, on a system like `BASE`; gives the last. */
export function buildImage(stages: readonly Stage[], context: string, folder: string): Image {
  const other = stages.find(({ base }) => base !== BASE);
  if (other !== undefined) throw new Error(`There is no ${other.base} here, only what is like ${BASE}.`);
  const npm = join(folder, 'npm');
  mkdirSync(npm);
  execFileSync('npm', ['install', '--silent', '--prefix', npm, `npm@${BASE_NPM}`], { stdio: 'inherit' });
  const rooms = new Map<string, Room>();
  let image: Image | undefined;
  for (const [at, { name, steps }] of stages.entries()) {
    const room = new Room(join(folder, name ?? `stage${at}`), npm);
    if (name !== null) rooms.set(name, room);
    image = buildStage(room, steps, (from) => (from === null ? context : rooms.get(from)!.root));
  }
  return image!;
}

function buildStage(room: Room, steps: readonly Step[], rootOf: (from: string | null) => string): Image {
  const env: Record<string, string> = {};
  const volumes: string[] = [];
  const commands: Commands = { entrypoint: [], cmd: [], healthcheck: [] };
  let user = ROOT_USER;
  let workdir = '/';
  for (const step of steps) {
    process.stderr.write(`* ${JSON.stringify(step)}\n`);
    if (step.kind === 'env') env[step.name] = step.value;
    else if (step.kind === 'workdir') {
      workdir = resolve(workdir, step.path);
      mkdirSync(join(room.root, workdir), { recursive: true });
    } else if (step.kind === 'copy') copy(room, workdir, step, rootOf(step.from));
    else if (step.kind === 'run') run(room, step, { workdir, env: { ...passedOn(), ...env }, user });
    else if (step.kind === 'volume') volumes.push(step.path);
    else if (step.kind === 'user') user = step.name;
    else if ('command' in step) commands[step.kind] = step.command;
  }
  return { room, circumstances: { workdir, env, user }, volumes, ...commands };
}

/** As the builder does it: a folder's content goes into the target, a file goes in under its name. */
function copy(
  room: Room,
  workdir: string,
  { sources, target }: Extract<Step, { kind: 'copy' }>,
  root: string,
): void {
  const into = join(room.root, resolve(workdir, target));
  const many = sources.length > 1 || target.endsWith('/');
  for (const source of sources) {
    const path = join(root, source);
    const isFile = statSync(path).isFile();
    cpSync(path, isFile && many ? join(into, basename(source)) : into, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

function run(
  room: Room,
  { command, cache }: Extract<Step, { kind: 'run' }>,
  circumstances: Circumstances,
): void {
  if (cache !== null) room.bindCache(cache);
  room.run(['sh', '-c', command], circumstances);
  if (cache !== null) room.unbind(cache);
}

function passedOn(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return Object.fromEntries(entries) as Record<string, string>;
}

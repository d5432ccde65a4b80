/**
 * A root file system of one's own: an empty folder with the system of this machine mounted into it read-only, in
 * place of the base image. Needs root, and a mount namespace that ends with the process (see deploy/try-image.sh).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a base image brings along: Debian's programs and libraries, and Node below /usr. */
const SYSTEM = ['/usr', '/etc', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
/** Where the base image's npm is put, in front of this machine's, which may be another release. */
const NPM = '/opt/npm';
const PATH = `${NPM}/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

/** How a program is run in a room. */
export interface Circumstances {
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  /** `uid:gid` */
  readonly user: string;
}

/** An empty root file system with a system in it. */
export class Room {
  readonly root: string;

  /**
   * @param root a folder that does not exist yet
   * @param npm  the folder that npm was installed into
   */
  constructor(root: string, npm: string) {
    this.root = root;
    mkdirSync(join(root, 'tmp'), { recursive: true });
    for (const path of SYSTEM.filter((path) => existsSync(path))) {
      if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(root, path));
      else this.bind(path, path, 'ro');
    }
    this.bind(npm, NPM, 'ro');
    this.bind('/dev', '/dev', 'rw');
    mkdirSync(join(root, 'proc'));
    mount('-t', 'proc', 'proc', join(root, 'proc'));
  }

  /** Shows a folder of this machine, or of another room, in this one. */
  bind(source: string, path: string, access: 'ro' | 'rw'): void {
    const target = join(this.root, path);
    mkdirSync(target, { recursive: true });
    mount('--rbind', source, target);
    if (access === 'ro') mount('-o', 'remount,bind,ro', target);
  }

  /** A folder that npm and its like keep their downloads in: this machine's, so that nothing is fetched twice. */
  bindCache(path: string): void {
    const own = path.replace(/^\/root(?=\/)/, homedir());
    mkdirSync(own, { recursive: true });
    this.bind(own, path, 'rw');
  }

  /** Takes away what was shown last. */
  unbind(path: string): void {
    execFileSync('umount', ['--recursive', join(this.root, path)]);
  }

  /** From here on nothing can be written but below the given folders, which are empty and whose they were: not even /tmp. */
  seal(writable: readonly string[]): void {
    mount('--rbind', this.root, this.root);
    mount('-o', 'remount,bind,ro', this.root);
    for (const path of writable) {
      const { uid, gid, mode } = statSync(join(this.root, path));
      const options = `uid=${uid},gid=${gid},mode=${(mode & 0o7777).toString(8)},nosuid,nodev,noexec`;
      mount('-t', 'tmpfs', '-o', options, 'volume', join(this.root, path));
    }
  }

  /** Runs a program to its end, its output on stderr; throws unless it exits with 0. */
  run(command: readonly string[], circumstances: Circumstances): void {
    execFileSync('chroot', this.#arguments(command, circumstances), {
      stdio: ['ignore', process.stderr, 'inherit'],
    });
  }

  /** Starts a program. */
  start(command: readonly string[], circumstances: Circumstances): ChildProcess {
    return spawn('chroot', this.#arguments(command, circumstances), { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  #arguments(command: readonly string[], { workdir, env, user }: Circumstances): string[] {
    const home = user === '0:0' ? '/root' : '/';
    const variables = Object.entries({ PATH, HOME: home, ...env }).map(([name, value]) => `${name}=${value}`);
    return [`--userspec=${user}`, this.root, 'env', '-i', '-C', workdir, ...variables, ...command];
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args);
}

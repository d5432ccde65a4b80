/** What a program sends and writes, and which secrets of the machine it reads, as the kernel is asked for it: strace. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve, sep } from 'node:path';

export const CAN_TRACE = spawnSync('strace', ['-V']).status === 0;

/** Calls that reach another machine, or change or open a file. Only these stop the program. */
const CALLS = [
  ...['connect', 'sendto', 'sendmsg', 'sendmmsg', 'open', 'openat', 'openat2', 'creat', 'mkdir', 'mkdirat'],
  ...[
    'rename',
    'renameat',
    'renameat2',
    'unlink',
    'unlinkat',
    'rmdir',
    'link',
    'linkat',
    'symlink',
    'symlinkat',
  ],
  ...['mknod', 'mknodat', 'truncate', 'chmod', 'fchmodat', 'chown', 'utimensat'],
].map((name) => `?${name}`);

/** What tells one machine or person from another. */
const IDENTITY = /^\/(?:etc|var\/lib\/dbus)\/(?:machine-id|passwd|hostname)$/;
/** What may have Node read more than it does by itself. */
const UNSET = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/** Where names of hosts are looked up without asking the network. */
const HOSTS = '/etc/hosts';
/** Everybody may write there, and nothing is kept. */
const NOWHERE = /^\/dev\/(?:null|tty)$/;

/** What was seen; each empty for a program that keeps to itself. */
export interface Seen {
  /** Where to, as `address:port`, or the path of a socket. */
  readonly sent: readonly string[];
  /** Paths that were made, changed, removed or opened for that, or tried to. */
  readonly written: readonly string[];
  /** Paths below the home folder, and of what identifies the machine or the person. */
  readonly pried: readonly string[];
}

/** A program's folders, and how to run it in them under the eyes of strace. */
export class Trace {
  readonly folder = mkdtempSync(join(tmpdir(), 'lpd-trace-'));
  readonly home = this.#make('home');
  /** The temporary folder of the program. */
  readonly temporary = this.#make('tmp');
  readonly data = this.#make('data');
  /** Its environment beside the test's own; tests add to it. */
  readonly env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(UNSET.map((name) => [name, undefined])),
    HOME: this.home,
    TMPDIR: this.temporary,
  };
  readonly #file = join(this.folder, 'strace.txt');

  #make(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }

  /** Runs the program as a child of its parent, so that signals reach it, with strace to its side. */
  get through(): readonly string[] {
    return [
      'strace',
      '-D',
      '-f',
      '-qq',
      '-y',
      '--seccomp-bpf',
      '-s',
      '4096',
      '-e',
      `trace=${CALLS}`,
      '-o',
      this.#file,
    ];
  }

  /** What is left in the home and the temporary folder. */
  left(): string[] {
    return [this.home, this.temporary].flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map(String),
    );
  }

  /** The files that were opened to be read, or tried to, each once, without those that start with one of these. */
  read(ordinary: readonly string[]): string[] {
    const isOrdinary = (path: string) => ordinary.some((start) => path.startsWith(start));
    const paths = this.#calls().flatMap(({ kind, what }) => (kind === 'read' ? [what] : []));
    return [...new Set(paths)].filter((path) => !isOrdinary(path)).sort();
  }

  #calls(): Call[] {
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap((line) => readCall(line, this.home));
  }

  /** What was seen, without what goes to these places and into these folders or files. */
  seen({ to = [], into = [] }: { to?: readonly string[]; into?: readonly string[] } = {}): Seen {
    const calls = this.#calls();
    const pick = (kind: Call['kind']) => calls.filter((call) => call.kind === kind).map(({ what }) => what);
    const isIn = (path: string) =>
      NOWHERE.test(path) || into.some((folder) => path === folder || path.startsWith(folder + sep));
    return {
      sent: pick('send').filter((where) => !to.includes(where)),
      written: pick('write').filter((path) => !isIn(path)),
      pried: pick('pry'),
    };
  }
}

interface Call {
  readonly kind: 'send' | 'write' | 'read' | 'pry';
  readonly what: string;
}

/** Reads one line. A call that others interrupt is on two, and all that is asked for is on the first. */
function readCall(line: string, home: string): Call[] {
  const [, name, args] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
  if (name === undefined || args === undefined) return [];
  if (/^(?:connect|send)/.test(name)) {
    const inet = /sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"/.exec(args);
    const unix = /sun_path=@?"([^"]+)"/.exec(args);
    const what = inet ? `${inet[2]}:${inet[1]}` : unix?.[1];
    return what === undefined ? [] : [{ kind: 'send', what }];
  }
  const paths = [...args.matchAll(/(?:[\w-]+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)].map(([, at, path]) =>
    isAbsolute(path) ? path : resolve(at ?? '/', path),
  );
  const isWrite = !name.startsWith('open') || /O_(?:WRONLY|RDWR|CREAT|TRUNC)/.test(args);
  // Every file in the home folder is one that nobody named.
  const isPried = (path: string) => IDENTITY.test(path) || path === HOSTS || path.startsWith(home);
  return [
    ...paths.map((what) => ({ kind: isWrite ? 'write' : 'read', what }) as const),
    ...paths.filter(isPried).map((what) => ({ kind: 'pry', what }) as const),
  ];
}

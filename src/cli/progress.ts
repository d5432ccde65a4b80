import { fstatSync } from 'node:fs';
import type { CliContext } from './context.ts';
import type { RunWords } from './words/words.ts';

/** How often the line is drawn at most, in ms: more often is only work for the terminal. */
const EVERY_MS = 100;
const BAR_WIDTH = 24;
/** Where a terminal does not know its width. */
const USUAL_WIDTH = 80;
/** To the start of the line, and all of it away. It is all that we ask of a terminal: nothing has to be put back. */
const ERASE = '\r\u001b[K';

/** Shows how far a run is. */
export interface Progress {
  /** One more is done. */
  step(): void;
  /** Writes a line above the bar. */
  above(write: () => Promise<void>): Promise<void>;
  /** Takes the bar away. */
  end(): void;
}

/** What a progress line begins and ends with. */
export interface ProgressOptions {
  /** How many of all were done before. */
  readonly before?: number;
  /** Takes the line away as soon as the run is asked to end: what ends the process next leaves us no time for it. */
  readonly signal?: AbortSignal;
}

/**
 * A line at the bottom of the terminal. Nothing is shown where nobody watches: a log, or a single file; nor where the
 * results go through a pipe, since what is behind it may write to the same terminal, into our line.
 *
 * @param total how many there are; infinite where nobody knows, and then nothing is shown
 */
export function createProgress(
  {
    stdout,
    stderr,
    env,
    words,
    isQuiet,
  }: Pick<CliContext, 'stdout' | 'stderr' | 'env' | 'words' | 'isQuiet'>,
  total: number,
  { before = 0, signal }: ProgressOptions = {},
): Progress {
  const terminal = stderr as Partial<NodeJS.WriteStream>;
  const isWatched = !isQuiet && terminal.isTTY === true && env.TERM !== 'dumb' && !isPipe(stdout);
  if (!isWatched || total <= 1 || total === Number.POSITIVE_INFINITY)
    return { step() {}, above: (write) => write(), end() {} };
  const started = performance.now();
  let done = 0;
  let isShown = false;
  const draw = () => {
    const line = describe(before + done, total, (done * 1000) / (performance.now() - started), words.run);
    // Never as wide as the window: what fills the last column would begin another line.
    stderr.write(`${ERASE}${cut(line, (terminal.columns || USUAL_WIDTH) - 1)}`);
    isShown = true;
  };
  const erase = () => {
    if (isShown) stderr.write(ERASE);
    isShown = false;
  };
  draw();
  const timer = setInterval(draw, EVERY_MS);
  const end = () => {
    clearInterval(timer);
    erase();
  };
  signal?.addEventListener('abort', end, { once: true });
  return {
    step() {
      done++;
    },
    async above(write) {
      // Results may go to the same terminal.
      erase();
      await write();
    },
    end,
  };
}

function isPipe(stream: NodeJS.WritableStream): boolean {
  const { fd } = stream as { readonly fd?: number };
  if (fd === undefined) return false;
  const entry = fstatSync(fd);
  return entry.isFIFO() || entry.isSocket();
}

/** @param rate pictures a second */
function describe(done: number, total: number, rate: number, { left }: RunWords): string {
  const bar = '='.repeat(Math.floor((done / total) * BAR_WIDTH)).padEnd(BAR_WIDTH);
  const pace = rate > 0 ? `  ${rate.toFixed(1)}/s  ${left((total - done) / rate)}` : '';
  return `[${bar}] ${done}/${total}${pace}`;
}

/** As much of a line as so many columns hold; what is not ASCII takes two of them. */
function cut(line: string, columns: number): string {
  let used = 0;
  const kept = [...line].filter((character) => {
    used += character > '~' ? 2 : 1;
    return used <= columns;
  });
  return kept.join('');
}

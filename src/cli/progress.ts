import { type Options, SingleBar } from 'cli-progress';

/** Shows how far a run is. */
export interface Progress {
  /** One more is done. */
  step(): void;
  /** Writes a line above the bar. */
  above(write: () => Promise<void>): Promise<void>;
  end(): void;
}

/**
 * Nothing is shown where nobody watches: a pipe, a log, or a single file.
 *
 * @param total how many there are; infinite where nobody knows, and then nothing is shown
 * @param before how many of them were done before
 */
export function createProgress(stderr: NodeJS.WritableStream, total: number, before = 0): Progress {
  const isWatched = (stderr as Partial<NodeJS.WriteStream>).isTTY === true && total > 1 && total < Infinity;
  if (!isWatched) return { step() {}, above: (write) => write(), end() {} };
  const options: Options = {
    stream: stderr,
    format: '{bar} {value}/{total}  {rate}/s  {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: true,
    // It would keep Ctrl-C from ending the process; who listens for that ends the bar too.
    gracefulExit: false,
  };
  const bar = new SingleBar(options);
  const started = performance.now();
  let done = 0;
  bar.start(total, before, { rate: '–' });
  return {
    step() {
      done++;
      bar.update(before + done, { rate: ((done * 1000) / (performance.now() - started)).toFixed(1) });
    },
    async above(write) {
      // Results may go to the same terminal: clear the bar's line, write, and let the bar draw itself again.
      stderr.write('\r\u001b[K');
      await write();
    },
    end: () => bar.stop(),
  };
}

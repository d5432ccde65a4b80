/** The log of a service on standard output, whose reader may be gone, or stand still: neither is to stop the service. */
import type { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import { type CliContext, tell } from './context.ts';

/** Most that waits in memory for whoever reads the log, in bytes; what comes on top is lost. */
const MOST_WAITING = 4 * 1024 * 1024;
/** How long the end of the process waits for that reader, in ms. */
const LAST_MS = 3_000;

/** Opens it. Where it breaks off, or the disk is full, that is said once; where lines were lost, the log says how many. */
export function openLog(context: CliContext, level: string): Logger {
  const stdout: NodeJS.WritableStream & Partial<Pick<Writable, 'writableLength'>> = context.stdout;
  stdout.once('error', (error) => {
    void tell(context, context.words.serve.logLost(error.message));
  });
  let lost = 0;
  const write = (line: string) => {
    if ((stdout.writableLength ?? 0) > MOST_WAITING) lost++;
    else stdout.write(line);
  };
  const log = pino({ level, base: null }, { write });
  stdout.on('drain', () => {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    log.warn({ lines }, 'lines of the log are missing: nobody took them');
  });
  return log;
}

/** Ends the process, all of which has ended, where nothing is left but a log that nobody takes. */
export function leaveLog(): void {
  setTimeout(() => process.exit(), LAST_MS).unref();
}

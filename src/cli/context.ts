import { once } from 'node:events';
import type { CatalogueEntry } from '../wire/errors.ts';
import { DetectError } from '../wire/errors.ts';

/** The process as a command sees it. */
export interface CliContext {
  /** Results, and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Text for people. */
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly setExitCode: (code: number) => void;
}

/** What the process ends with, by what happened. */
export const EXIT = {
  /** Everything passed. */
  pass: 0,
  /** At least one picture fails. */
  fail: 1,
  /** The call is wrong; the same call cannot succeed. */
  usage: 2,
  /** At least one picture could not be inspected, or the work could not be done. */
  failed: 3,
  /** Ctrl-C, as shells have it: 128 and the signal's number. */
  interrupted: 130,
} as const;

/** Tells an error of the catalogue on stderr, with what to do. All others are faults of ours and are rethrown. */
export function tellError(context: CliContext, error: unknown, exitCode: number): void {
  if (!(error instanceof DetectError)) throw error;
  const { message, cause } = error;
  // Some messages have the reason in them already.
  const why = cause instanceof Error && !message.includes(cause.message) ? ` (${cause.message})` : '';
  const { advice }: CatalogueEntry = error.entry;
  context.stderr.write(`${message}${why}\n${advice}\n`);
  context.setExitCode(exitCode);
}

/** Writes and waits while the reader is slower than we are, so that nothing piles up in memory. */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

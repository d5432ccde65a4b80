import type { Language } from '../core/words/catalogue.ts';
import { messageIn } from '../core/words/details.ts';
import { errorWords } from '../core/words/errors.ts';
import { CATALOGUE, COMMAND_DETAILS, DetectError } from '../errors.ts';
import type { WorkerAhead } from '../workers/spawn-worker.ts';
import { layoutFor } from './layout.ts';
import { systemReason } from './system-reason.ts';
import { visible } from './visible.ts';
import type { CliWords } from './words/words.ts';

/** The process as the program is given it. */
export interface CliProcess {
  /** Results, and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Text for people. */
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly setExitCode: (code: number) => void;
  /** An inspecting process that was started ahead, for a command that needs one. */
  readonly ahead?: WorkerAhead | undefined;
}

/** The process as a command sees it. */
export interface CliContext extends CliProcess {
  /** What people are told things in. */
  readonly language: Language;
  readonly words: CliWords;
  /** Whether nothing but errors is told, and no results are printed. */
  readonly isQuiet?: boolean;
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
  /** The reader of the results went away: what other programs end with, which die of SIGPIPE. It says nothing of a verdict. */
  closed: 141,
  /** SIGTERM. */
  terminated: 143,
} as const;

/** What the system says where no further file may be opened: by this process, or at all. */
const OUT_OF_FILES = ['EMFILE', 'ENFILE'];
/** Codes of the system for what may be different the next time: the call was right. */
const PASSING = ['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG', 'ENOMEM', ...OUT_OF_FILES];

/**
 * Tells an error of the catalogue on stderr, with what to do. All others are faults of ours and are rethrown. A
 * reader that went away is told nothing, since it asked for no more.
 */
export async function tellError(context: CliContext, error: unknown, exitCode: number): Promise<void> {
  if (!(error instanceof DetectError)) throw error;
  const { cause } = error;
  if (isClosed(cause)) return context.setExitCode(EXIT.closed);
  await tell(context, errorText(context, error));
  context.setExitCode(PASSING.includes(codeOf(cause)) ? EXIT.failed : exitCode);
}

/** What happened, with the system's reason. */
function messageOf({ code, message, cause }: DetectError, { words, language }: Speech): string {
  const told = messageIn(language, { code, message });
  // Some messages have the reason in them already, as the beginning of a sentence, too.
  return cause instanceof Error && !message.toLowerCase().includes(cause.message.toLowerCase())
    ? words.run.because(told, systemReason(cause, words.run))
    : told;
}

/** What happened and what to do, a line each. */
export function errorText(speech: Speech, error: DetectError): string {
  const { words, language } = speech;
  const { when, advice } = errorWords(error.code, language);
  const message = messageOf(error, speech);
  if (saysOwn(error)) return words.run.error(visible(message), advice, '');
  // It says no more than what is told in the reader's language; a service sends it.
  const isVendors = message === CATALOGUE[error.code].message;
  return words.run.error(when, advice, isVendors ? '' : visible(message));
}

/** Whether an error has no sentence of its own, but the catalogue's. */
function saysOwn({ code, message }: Pick<DetectError, 'code' | 'message'>): boolean {
  return message === CATALOGUE[code].when;
}

/** In what language to speak, and its words. */
export type Speech = Pick<CliContext, 'language' | 'words'>;

/** Tells people something on stderr. Where nobody listens, nothing is lost that anybody waits for. */
export async function tell({ stderr }: Pick<CliContext, 'stderr'>, text: string): Promise<void> {
  const { paragraph } = await layoutFor(stderr);
  const lines = text.split('\n').map((line) => paragraph(line));
  await write(stderr, lines.join('')).catch(() => undefined);
}

/** Tells people what is worth knowing and no error, unless they asked for quiet. */
export async function note(context: Pick<CliContext, 'stderr' | 'isQuiet'>, text: string): Promise<void> {
  if (!context.isQuiet) await tell(context, text);
}

/**
 * Writes and waits while the reader is slower than we are, so that nothing piles up in memory.
 *
 * @throws DetectError `file.unwritable` where the reader went away or the disk is full
 */
export function write(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (cause) => {
      if (!cause) resolve();
      else reject(new DetectError('file.unwritable', COMMAND_DETAILS.outputUnwritable, { cause }));
    });
  });
}

/** Whether an error of a stream says that its reader went away. */
export function isClosed(error: unknown): boolean {
  return codeOf(error) === 'EPIPE';
}

/** Whether an error says that no further file may be opened. */
export function isOutOfFiles(error: unknown): boolean {
  return OUT_OF_FILES.includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

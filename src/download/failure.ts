import { DetectError } from '../errors.ts';
import { TargetRefused } from './refusal.ts';
import type { Phase } from './stages.ts';

/**
 * What may be told to an operator of a foreign error: undici's carry bytes of the answer, TLS's the whole certificate, and a
 * logger would print them. Its message names the phase; it travels as the `cause` of a `DetectError`.
 */
export class DownloadFault extends Error {
  override readonly name = 'DownloadFault';
  readonly phase: Phase;
  /** What the system or a library said. */
  readonly said: string;
  /** The system's code, such as `ECONNRESET`. */
  readonly code: string | undefined;
  /** The host whose look-up failed; undefined where something else did. */
  readonly host: string | undefined;

  constructor(phase: Phase, error: unknown) {
    const said = error instanceof Error ? error.message : String(error);
    super(`${phase}: ${said}`);
    this.phase = phase;
    this.said = said;
    this.code = textOf(error, 'code');
    this.host = textOf(error, 'hostname');
    if (error instanceof Error && error.stack !== undefined) this.stack = error.stack;
  }
}

function textOf(error: unknown, key: string): string | undefined {
  const value = error instanceof Error ? (error as unknown as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Puts what went wrong into the catalogue's words. Before there is a connection all failures are one,
 * `download.unreachable`, a refused target among them; after that the connection broke, `download.cut_off`.
 *
 * @param signal the deadline's; whatever broke after its abort broke because of it
 */
export function failure(error: unknown, phase: Phase, signal: AbortSignal): DetectError {
  if (error instanceof DetectError) return error;
  if (signal.aborted) return signal.reason as DetectError;
  if (error instanceof TargetRefused)
    return new DetectError('download.unreachable', undefined, { cause: error });
  const connected = phase === 'headers' || phase === 'body';
  const code = connected ? 'download.cut_off' : 'download.unreachable';
  return new DetectError(code, undefined, { cause: new DownloadFault(phase, error) });
}

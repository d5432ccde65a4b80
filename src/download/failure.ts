import { DetectError } from '../errors.ts';
import { TargetRefused } from './refusal.ts';
import type { Phase } from './stages.ts';

/**
 * What may be logged of a foreign error: its message and code. undici's carry bytes of the answer, TLS's the
 * whole certificate, and a logger would print them.
 */
function forTheLog(error: unknown, phase: Phase): Error {
  if (!(error instanceof Error)) return new Error(`${phase}: ${String(error)}`);
  const told = new Error(`${phase}: ${error.message}`);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return Object.assign(told, { stack: error.stack }, code);
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
  return new DetectError(code, undefined, { cause: forTheLog(error, phase) });
}

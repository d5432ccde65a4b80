import type { CliWords } from './words/words.ts';

/** OpenSSL's errors: a thread, a number, a library, a function, and then what went wrong, with a place in its source behind it. */
const OPENSSL = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/i;
/** What OpenSSL says of an answer that is no TLS at all, such as that of a port for http. */
const NO_TLS: ReadonlySet<string> = new Set(['wrong version number', 'packet length too long']);

/** What an error of the system or of a library says, as one line. */
export function lineOf(message: string): string {
  const reason = OPENSSL.exec(message)?.[1];
  return reason === undefined ? message.trim().replace(/\s*\n\s*/g, ' ') : `TLS: ${reason}`;
}

/** The same for people, with what is meant where that is known. */
export function systemReason({ message }: Error, { noTls }: Pick<CliWords['run'], 'noTls'>): string {
  return NO_TLS.has(OPENSSL.exec(message)?.[1] ?? '') ? noTls : lineOf(message);
}

/** What went wrong, for the log: clients are told the catalogue's sentences, which hide what lies behind them. */

/** Most causes behind one another that are told. */
const MOST_CAUSES = 5;

/** An error and its causes as one line. May name addresses: not for clients. */
export function causesOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const parts: string[] = [];
  for (let at: unknown = thrown; at instanceof Error && parts.length < MOST_CAUSES; at = at.cause)
    parts.push(textOf(at));
  return parts.join(': ');
}

/** Its message; what a connection that failed to all addresses of a name has in its place. */
function textOf(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}

/** Which headers go on to the other side. All others belong to one connection, or to the way that a message took. */

/** Of one connection (RFC 9110, section 7.6.1), with those that RFC 2616 and old clients have. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Of a request, also those that are written anew: the host, how long the body is, and what was waited for before it was sent. */
const REWRITTEN: ReadonlySet<string> = new Set(['content-length', 'expect', 'host']);

/** What proxies in front of this service tell of the caller and of the network here, which is nobody's business there. */
const OF_PROXIES =
  /^(?:forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|x-forwarded|x-(?:forwarded|original|envoy)-.+)$/;

/**
 * The headers of a request that the upstream gets, as they were written.
 *
 * @param raw names and values in turns, as Node has them
 * @param isInflated the body was compressed, and is not any more
 */
export function requestHeaders(raw: readonly string[], isInflated = false): string[] {
  const named = namedByConnection(raw);
  return filter(raw, (name) => {
    if (OF_CONNECTION.has(name) || REWRITTEN.has(name) || named.has(name)) return false;
    return !OF_PROXIES.test(name) && !(isInflated && name === 'content-encoding');
  });
}

/** The headers of an answer that the caller gets, as they were written. @param raw names and values in turns */
export function responseHeaders(raw: readonly string[]): string[] {
  const named = namedByConnection(raw);
  return filter(raw, (name) => !OF_CONNECTION.has(name) && !named.has(name));
}

/** How many headers of that name there are. */
export function countOf(raw: readonly string[], wanted: string): number {
  return raw.filter((name, at) => at % 2 === 0 && name.toLowerCase() === wanted).length;
}

/** The first header's value of that name, in lower case and without blanks around it; empty without one. */
export function firstOf(raw: readonly string[], wanted: string): string {
  const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === wanted);
  return at < 0 ? '' : (raw[at + 1] ?? '').trim().toLowerCase();
}

/** The names that "Connection" says are of this connection too. */
function namedByConnection(raw: readonly string[]): ReadonlySet<string> {
  const values = raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === 'connection');
  return new Set(values.flatMap((value) => value.split(',')).map((name) => name.trim().toLowerCase()));
}

function filter(raw: readonly string[], keep: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    if (keep(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

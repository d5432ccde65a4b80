/** Options of the upstream: who answers what is not served here. */
import { refusingRule } from '../download/address.ts';
import { readableList } from '../download/allow.ts';
import { parseAddress, parseCidr } from '../download/cidr.ts';
import { targetOf } from '../download/url.ts';
import { fill, OPTION_PROBLEMS } from '../errors.ts';
import { UPSTREAM_ALLOW_VARIABLE } from '../upstream/connector.ts';
import { baseUrl, fail, option, whole } from './option.ts';

/** Whose calls are passed on: only those with a key that is known here, or anybody's. */
export const UPSTREAM_CALLERS = ['keys', 'anyone'] as const;

/** Reads a list of addresses and blocks of them. */
function proxies(list: string): readonly string[] {
  const entries = list.split(',').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (parseAddress(entry) || parseCidr(entry)) return entry;
      return fail(fill(OPTION_PROBLEMS.notProxy, { entry: JSON.stringify(entry) }));
    });
}

/** A part of `OPTIONS`. */
export const UPSTREAM_OPTIONS = {
  upstream: option({
    flag: 'upstream',
    variable: 'LPD_UPSTREAM',
    value: 'url',
    text: "Where calls that are not served here are passed to, with the caller's own key, for example https://dashscope.aliyuncs.com.",
    fallback: null,
    fallbackText: 'none; they are refused',
    parse: upstreamUrl,
  }),
  upstreamAllow: option({
    flag: 'upstream-allow',
    variable: UPSTREAM_ALLOW_VARIABLE,
    value: 'list',
    text: 'Private targets that the upstream may be at: blocks, addresses and host names, separated by commas.',
    fallback: '',
    fallbackText: 'none',
    parse: readableList,
  }),
  upstreamCallers: option({
    flag: 'upstream-callers',
    variable: 'LPD_UPSTREAM_CALLERS',
    value: 'who',
    text: 'Whose calls are passed to the upstream: keys (those with a key that is known here), or anyone (the upstream judges; places are shared by address).',
    fallback: 'keys',
    parse: (who) =>
      UPSTREAM_CALLERS.find((known) => known === who) ??
      fail(fill(OPTION_PROBLEMS.notOneOf, { names: UPSTREAM_CALLERS.join(', ') })),
  }),
  trustedProxies: option({
    flag: 'trusted-proxies',
    variable: 'LPD_TRUSTED_PROXIES',
    value: 'list',
    text: 'Proxies in front of the service, as addresses and blocks, separated by commas, whose X-Forwarded-For is believed.',
    fallback: '',
    fallbackText: 'none; a caller is who is connected',
    parse: proxies,
  }),
  upstreamConnections: option({
    flag: 'upstream-connections',
    variable: 'LPD_UPSTREAM_CONNECTIONS',
    value: 'number',
    text: 'Calls to the upstream at a time; one key may have two thirds of them. What finds no room is refused with 429.',
    fallback: '256',
    parse: whole(1, 4_096),
  }),
  upstreamWaitMs: option({
    flag: 'upstream-wait-ms',
    variable: 'LPD_UPSTREAM_WAIT_MS',
    value: 'ms',
    text: 'How long the upstream may be silent, before an answer and within it; a whole answer may take any time.',
    fallback: '300000',
    parse: whole(1_000, 3_600_000),
  }),
} as const;

/** Reads the upstream's address. An address in digits is the operator's own word that it may be private. */
function upstreamUrl(value: string): URL {
  const url = new URL(baseUrl(value));
  const { host, literal } = targetOf(url);
  const kind = literal ? refusingRule(host)?.kind : undefined;
  if (kind === 'metadata' || kind === 'special') fail(fill(OPTION_PROBLEMS.noService, { host }));
  return url;
}

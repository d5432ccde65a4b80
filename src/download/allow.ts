import { DetectError, fill, flawedOption, OPTION_PROBLEMS, type OptionProblem } from '../errors.ts';
import type { AddressRule } from './address.ts';
import { addressSize, type Cidr, contains, parseAddress, parseCidr, singleAddress } from './cidr.ts';
import { privateSuffix } from './names.ts';
import type { Target } from './url.ts';

/** The environment variable that holds the list; refusals in the log name it. */
export const ALLOW_VARIABLE = 'LPD_DOWNLOAD_ALLOW';

/** Shortest prefixes of a block: wider ones would switch the guard off (10.0.0.0/8 and fc00::/7 are the widest in use). */
const SHORTEST_PREFIX = { 4: 8, 6: 7 } as const;

/**
 * What an operator opens. A host entry opens its names for private addresses only; whoever runs the zone can't
 * lead us to link-local or metadata addresses. An address entry opens its block for any name, but the metadata
 * addresses inside only if one is named by itself.
 */
export interface AllowList {
  /** True if the target's name is opened. */
  opensName(target: Target): boolean;
  /** True if the address, which `rule` refuses, is opened for the target. */
  opensAddress(target: Target, ip: string, rule: AddressRule): boolean;
}

type Entry =
  | { readonly cidr: Cidr; readonly port: number | null }
  | { readonly host: string; readonly subdomains: boolean; readonly port: number | null };

/**
 * Reads a comma-separated list of blocks (`10.1.0.0/16`), addresses (`10.0.0.5`, `[fd00::5]:9000`) and host
 * names (`minio`, `minio:9000`, `*.store.example`, which opens all names below, not `store.example` itself).
 * A port limits its entry to that port. Blanks around entries and empty entries are fine.
 *
 * @throws {DetectError} `option.invalid`, naming the entry and what is wrong with it
 */
export function parseAllowList(text: string): AllowList {
  const problem = problemOf(text);
  if (problem !== null) throw new DetectError('option.invalid', flawedOption(ALLOW_VARIABLE, '', problem));
  const entries = entriesOf(text).map(parseEntry);
  return {
    opensName: (target) => entries.some((entry) => namesTarget(entry, target)),
    opensAddress: (target, ip, rule) =>
      entries.some((entry) =>
        'cidr' in entry
          ? holdsAddress(entry, target, ip, rule)
          : rule.kind === 'private' && namesTarget(entry, target),
      ),
  };
}

/**
 * A list as it is, once it can be read.
 *
 * @throws Error whose message is the rest of a sentence about it
 */
export function readableList(text: string): string {
  const problem = problemOf(text);
  if (problem !== null) throw new Error(problem);
  return text;
}

/** What is wrong with a list, as the rest of a sentence about it: `has the entry "a/b", which …`; null where nothing is. */
function problemOf(text: string): OptionProblem | null {
  for (const entry of entriesOf(text)) {
    try {
      parseEntry(entry);
    } catch (error) {
      if (error instanceof EntryError) return error.tell(JSON.stringify(entry));
      throw error;
    }
  }
  return null;
}

/** An entry that cannot be read. */
class EntryError extends Error {
  /** The rest of a sentence about the list. */
  readonly tell: (entry: string) => OptionProblem;

  constructor(tell: (entry: string) => OptionProblem) {
    super();
    this.tell = tell;
  }
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function holdsAddress(
  entry: Extract<Entry, { cidr: Cidr }>,
  target: Target,
  ip: string,
  rule: AddressRule,
): boolean {
  const address = parseAddress(ip);
  if (!address || !contains(entry.cidr, address) || !portMatches(entry, target)) return false;
  return rule.kind !== 'metadata' || entry.cidr.prefix === addressSize(entry.cidr.family);
}

function namesTarget(entry: Entry, target: Target): boolean {
  if ('cidr' in entry || target.literal || !portMatches(entry, target)) return false;
  return entry.subdomains ? target.host.endsWith(`.${entry.host}`) : target.host === entry.host;
}

function portMatches(entry: Entry, target: Target): boolean {
  return entry.port === null || entry.port === target.port;
}

function parseEntry(text: string): Entry {
  if (text.includes('/')) return { cidr: parseBlock(text), port: null };
  const { host, port } = splitPort(text);
  const address = parseAddress(host);
  if (address) return { cidr: singleAddress(address), port };
  return { ...parseHost(host), port };
}

function parseBlock(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) {
    throw new EntryError((entry) => fill(OPTION_PROBLEMS.notBlock, { entry }));
  }
  const shortest = SHORTEST_PREFIX[cidr.family];
  if (cidr.prefix < shortest) {
    throw new EntryError((entry) =>
      fill(OPTION_PROBLEMS.wideBlock, { entry, widest: shortest, family: cidr.family }),
    );
  }
  return cidr;
}

function splitPort(text: string): { host: string; port: number | null } {
  if (parseAddress(text)) return { host: text, port: null };
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text);
  if (!match) throw new EntryError((entry) => fill(OPTION_PROBLEMS.notTarget, { entry }));
  const port = match[3] === undefined ? null : Number(match[3]);
  if (port !== null && (port < 1 || port > 65_535))
    throw new EntryError((entry) => fill(OPTION_PROBLEMS.port, { entry }));
  if (match[1] !== undefined && parseAddress(match[1])?.family !== 6)
    throw new EntryError((entry) => fill(OPTION_PROBLEMS.brackets, { entry }));
  return { host: match[1] ?? match[2]!, port };
}

function parseHost(pattern: string): { host: string; subdomains: boolean } {
  const subdomains = pattern.startsWith('*.');
  const host = canonicalHost(subdomains ? pattern.slice(2) : pattern);
  if (host === null) {
    throw new EntryError((entry) => fill(OPTION_PROBLEMS.notHost, { entry }));
  }
  if (subdomains && !host.includes('.') && privateSuffix(host) === null) {
    throw new EntryError((entry) => fill(OPTION_PROBLEMS.topLevel, { entry }));
  }
  return { host, subdomains };
}

/** The host as the URL parser writes it (lower case, punycode); null if it is not a host name, or is a disguised IP address. */
function canonicalHost(host: string): string | null {
  if (!/^[^\s*@?#\\%]+$/.test(host) || !URL.canParse(`http://${host}/`)) return null;
  const { hostname } = new URL(`http://${host}/`);
  return parseAddress(hostname) ? null : hostname.replace(/\.$/, '');
}

import { readFileSync } from 'node:fs';

/** A row of `ssrf-vectors.tsv`. */
export interface Vector {
  /** Line of the file. */
  readonly line: number;
  readonly url: string;
  readonly expected: 'allow' | 'block' | 'invalid';
  readonly why: string;
  /** What the resolver is told about names: one list of addresses for each look-up in turn. */
  readonly dns: ReadonlyMap<string, readonly (readonly string[])[]>;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\t': '\t',
  '\\r': '\r',
  '\\n': '\n',
  '\\\\': '\\',
  '\\u0000': '\0',
};

function interpret(text: string): string {
  return text.replace(/\\(?:u0000|[trn\\])/g, (written) => ESCAPES[written]!);
}

function generated(url: string, why: string): string {
  const length = /\[generate: path of (\d+) characters\]/.exec(why)?.[1];
  return length ? `http://example.com/${'a'.repeat(Number(length) - 1)}` : url;
}

/** The host that a `[dns …]` tag without a name of its own is about. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : '';
}

/** Reads `[dns name? A=…,… AAAA=…]`, `[dns 1st A=…, 2nd A=…]` and `; dns A=…`, the last one about a redirect's target. */
function answers(url: string, why: string): Vector['dns'] {
  const tag = /^\[([^\]]*)\]/.exec(why)?.[1] ?? '';
  const target = /-> (https?:\/\/[^;\s]+)/.exec(tag)?.[1];
  const dns = /(?:^|[;,] )dns (.*)$/.exec(tag)?.[1];
  if (dns === undefined) return new Map();
  const lookups = dns.includes('2nd ') ? dns.split(/, (?=2nd )/) : [dns];
  const lists = lookups.map((text) =>
    [...text.matchAll(/\bA{1,4}=([^\s,]+(?:,[^\s,=]+)*)/g)].flatMap((m) => m[1]!.split(',')),
  );
  const named = /^(?!1st )([a-z0-9.-]+) A/.exec(dns)?.[1];
  const names = [named ?? hostOf(target ?? url)];
  return new Map(names.map((name) => [name, lists]));
}

/** Reads the table; its rows hold escapes and instructions that are carried out here. */
export function readVectors(): Vector[] {
  const text = readFileSync(new URL('ssrf-vectors.tsv', import.meta.url), 'utf8');
  const [, ...lines] = text.split('\n');
  return lines
    .map((row, index) => ({ row, line: index + 2 }))
    .filter(({ row }) => row !== '')
    .map(({ row, line }) => {
      const [raw = '', expected, why = ''] = row.split('\t');
      const url = generated(interpret(raw), why);
      return { line, url, expected: expected as Vector['expected'], why, dns: answers(url, why) };
    });
}

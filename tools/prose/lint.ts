/** Looks through everything English that people read: `npm run lint` does. Exit code 1 where anything is to be written anew. */
import writeGood from 'write-good';
import { PATTERNS } from './patterns.ts';
import { type Text, texts } from './texts.ts';

/** What write-good looks for besides our own patterns: doubled words and worn phrases. The rest of its opinions is noise in a manual. */
const WRITE_GOOD = {
  illusion: true,
  cliches: true,
  passive: false,
  weasel: false,
  so: false,
  thereIs: false,
  adverb: false,
  tooWordy: false,
  eprime: false,
} as const;

/** Something to write anew. */
export interface Finding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** All that is found in a text. */
export function findingsIn({ file, text, isPage, isComment }: Text): Finding[] {
  const at = (index: number, found: string, instead: string): Finding => ({
    file,
    line: text.slice(0, index).split('\n').length,
    found: found.replace(/\s+/g, ' '),
    instead,
  });
  const patterns = PATTERNS.filter(({ inComments }) => isComment === undefined || inComments === true);
  const own = patterns.flatMap(({ find, instead }) =>
    [...text.matchAll(find)].map((match) => at(match.index, match[0], instead)),
  );
  const general = (isPage ? writeGood(text, WRITE_GOOD) : [])
    .map(({ index, offset, reason }) => at(index, text.slice(index, index + offset), reason))
    // Names, figures and code that was taken out may well stand twice.
    .filter(({ found, instead }) => !instead.endsWith('repeated') || /^[a-z]{2,}$/.test(found));
  return [...own, ...general];
}

if (process.argv[1]?.endsWith('lint.ts')) {
  const findings = texts().flatMap(findingsIn);
  const lines = findings.map(({ file, line, found, instead }) => `${file}:${line}  "${found}": ${instead}\n`);
  process.stderr.write(lines.join(''));
  if (findings.length > 0) process.exitCode = 1;
}

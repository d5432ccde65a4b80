/** Turns of phrase that readers stumble over, each with what to write in its place. */

/** A turn of phrase. */
export interface Pattern {
  readonly find: RegExp;
  readonly instead: string;
  /** Whether comments of the sources are read for it too: only where it is never right in one. */
  readonly inComments?: true;
}

export const PATTERNS: readonly Pattern[] = [
  {
    find: /(?<!\b(?:there|that) )\b(?:is|are|was|were) no (?!longer\b|more\b|one\b|\d)\w+/gi,
    instead: '"is not a …"; "there is no …" is fine',
    inComments: true,
  },
  { find: /(?<!\bthere )\b(?:is|are) none\b/gi, instead: 'say what it is not', inComments: true },
  {
    find: /\bthere (?:is|are|was|were) no \w+ (?:that|which) (?:pass|fail)\w*/gi,
    instead: '"no picture passes", "no passing picture could be made"',
    inComments: true,
  },
  {
    find: /\b\d[\d,.]*(?: [\w%°]+)? (?:is|are) (?:the )?(?:most|least|good|too many)\b/gi,
    instead: '"at most N", "at least N"',
  },
  { find: /\bshall\b/gi, instead: '"must", or the plain present', inComments: true },
  { find: /\bbesides\b/gi, instead: '"also", "as well as"', inComments: true },
  { find: /\bwhatever\b/gi, instead: '"no matter what …", or name it' },
  { find: /\bgo(?:es)? on\b/gi, instead: '"continue"' },
  {
    find: /\ban? (?:line|row|file|column|sentence|card|page|request|mark) an? (?!day\b|hour\b|minute\b)\w+/gi,
    instead: '"one … per …"',
  },
  {
    find: /\b(?:whence|thereof|thereby|hence|wherein|lest|heeds?|heeded|amiss)\b/gi,
    instead: 'a common word',
  },
  { find: /\b(?:lie|lies) (?:below|above|beyond|beside)\b/gi, instead: '"is below", "is beside"' },
  { find: /\bbut for\b/gi, instead: '"except", "apart from"' },
  { find: /\b(?:fault|faults) of (?:ours|theirs)\b/gi, instead: '"our fault", "a bug"' },
  { find: /\bcame about\b/gi, instead: '"could be made", "happened"' },
];

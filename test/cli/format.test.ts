/** What a service says of a picture is text of others, in every format that people read. */
import { describe, expect, test } from 'vitest';
import { csvFormat, reasonOf, textFormat } from '../../src/cli/format.ts';
import { PLAIN } from '../../src/cli/layout.ts';
import type { Row } from '../../src/cli/run.ts';
import { cliWordsIn } from '../../src/cli/words/catalogue.ts';
import type { Inspection } from '../../src/core/inspection.ts';

const SPEECH = { language: 'en', words: cliWordsIn('en') } as const;
/** Clears the terminal, and begins a row of its own. */
const FORGED = 'x\u001b[2J\npass  forged.jpg\u202e';
const SHOWN = 'x\\x1b[2J\\npass  forged.jpg\\u{202e}';

const box = { x: 1, y: 2, width: 3, height: 4 };
/** An answer of which every text is forged, and a few numbers are texts. */
const forged = {
  image: { format: FORGED, uprightWidth: FORGED, uprightHeight: 1 },
  faces: [{ box }, { box }],
  subject: {
    box,
    index: FORGED,
    workingWidth: FORGED,
    pose: { yaw: FORGED, pitch: FORGED, roll: FORGED },
    heads: { human: FORGED, obstructed: FORGED },
    sharpness: FORGED,
    cover: { class: FORGED, regions: [FORGED, FORGED], area: [] },
  },
  checks: [{ id: FORGED, reason: FORGED, advice: FORGED }],
  pass: false,
  reason: FORGED,
  quality: { score: 1, parts: {} },
};
const row: Row = { file: 'a.jpg', name: 'a.jpg', inspection: forged as unknown as Inspection };

describe('what a hostile service says', () => {
  test.each([
    ['a table', textFormat(PLAIN, SPEECH)],
    ['a sorted table', textFormat(PLAIN, SPEECH, { isSorted: true })],
    ['CSV', csvFormat(SPEECH)],
  ])('is one line in %s, with nothing that a terminal obeys', (_, format) => {
    const { line } = format.row(row);
    expect(line).toMatch(/^[^\p{Cc}\p{Cf}]+\n$/u);
    expect(line).toContain(SHOWN);
  });

  test('is as harmless as a reason', () => {
    expect(reasonOf(row)).toBe(SHOWN);
  });
});

/** "Why was my picture refused?" has a heading for every reason, and the picture that its sample makes. */
import { expect, test } from 'vitest';
import { ADVISORY_REASONS, FACE_REASONS } from '../../src/core/checks/reasons.ts';
import { wordsIn } from '../../src/core/words/catalogue.ts';
import { pictureOf, sectionsOf } from '../../tools/docs/refused/page.ts';
import { SAMPLES } from '../../tools/docs/refused/samples.ts';
import { isThere, textOf } from './pages.ts';

test.each([
  ['en', 'docs/why-refused.md'],
  ['zh-CN', 'docs/zh-CN/why-refused.md'],
] as const)('in %s', (language, page) => {
  const text = textOf(page);
  for (const reason of [...FACE_REASONS, ...ADVISORY_REASONS]) {
    const heading = `### ${wordsIn(language).reasons[reason]}${language === 'en' ? ': ' : '：'}\`${reason}\`\n`;
    expect(text).toContain(heading);
    expect(sectionsOf(text)).toHaveProperty([reason]);
    if (SAMPLES[reason] === null) continue;
    expect(text).toContain(pictureOf(reason));
    expect(isThere(`docs/${pictureOf(reason)}`), reason).toBe(true);
  }
});

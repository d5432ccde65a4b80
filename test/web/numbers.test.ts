/** The numbers of one picture, wherever the page tells them. */
import { describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { choose, example, expectVerdict, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the numbers of a picture${SKIPPED}`, () => {
  const bench = useBench();

  test('a face has one size: as a check, among the numbers, and in words', async () => {
    const page = await bench.open({ key: '' });
    // LivePortrait scales none of these, so that the face has as many pixels at its working size.
    for (const name of ['pass.jpg', 'obstructed.jpg', 'profile.jpg']) {
      await choose(page, example(name));
      await expectVerdict(page, name === 'pass.jpg' ? 'Passes' : 'Refused');
      const check = page.getByRole('listitem').filter({ hasText: /^Face size/ });
      const [size] = /\d+(?= px)/.exec((await check.locator('.value').textContent())!) ?? [];
      expect(size, name).toBeDefined();
      const numbers = page.getByRole('region', { name: 'Numbers' });
      expect(await numbers.textContent()).toContain(`Face in the picture${size} px wide`);
      const picture = page.getByRole('region', { name: 'Picture', exact: true }).getByRole('img');
      expect(await picture.getAttribute('alt')).toContain(` ${size} pixels wide`);
    }
  });
});

/** What a verdict advises, when several checks advise the same. */
import { expect, test } from 'vitest';
import { told, withoutRepeats } from '../../web/src/verdict/advice.ts';

test('what to do is said once, behind all facts', () => {
  expect(
    withoutRepeats(['It fills 6.5%. Use another.', 'It is 37 px wide. Use another.', 'It is dark.']),
  ).toEqual(['It fills 6.5%.', 'It is 37 px wide. Use another.', 'It is dark.']);
  expect(withoutRepeats(['人脸占 6.5%。请换一张。', '人脸宽 37 像素。请换一张。'])).toEqual([
    '人脸占 6.5%。',
    '人脸宽 37 像素。请换一张。',
  ]);
  expect(withoutRepeats(['Same.', 'Same.'])).toEqual(['', 'Same.']);
});

test('a picture on its side is told to be turned, and not that it leans', () => {
  const check = (id: string, advisory: boolean) => ({ id, advisory }) as Parameters<typeof told>[0][number];
  const [upright, roll, pitch] = [check('upright', false), check('roll', true), check('pitch', true)];
  expect(told([upright, roll, pitch])).toEqual([upright, pitch]);
  expect(told([roll, pitch])).toEqual([roll, pitch]);
  // A generator that asks for a level head refuses for it.
  expect(told([upright, check('roll', false)])).toHaveLength(2);
});

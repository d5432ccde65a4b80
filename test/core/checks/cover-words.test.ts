import { describe, expect, test } from 'vitest';
import { coverAdvice, coverOn, coverSentence } from '../../../src/core/checks/cover-words.ts';
import { COVER_CLASSES, type CoverClass, type FaceRegion } from '../../../src/core/inspection.ts';

describe('the sentence says what covers what', () => {
  test.each<[CoverClass, readonly FaceRegion[], string]>([
    ['hand', ['mouth'], 'A hand covers the mouth.'],
    ['hand', ['mouth', 'chin'], 'A hand covers the mouth and chin.'],
    ['glasses', ['leftEye', 'rightEye'], 'Dark glasses hide both eyes.'],
    ['hair', ['rightEye'], 'Hair covers the right eye.'],
    ['hair', ['leftEye', 'nose'], 'Hair covers the left eye and nose.'],
    ['hair', ['rightEye', 'leftEye', 'nose'], 'Hair covers both eyes and the nose.'],
    ['cloth', ['nose', 'mouth', 'chin'], 'A mask or cloth covers the nose, mouth and chin.'],
    ['cloth', ['leftEye', 'rightEye'], 'Cloth covers both eyes.'],
    ['object', ['mouth', 'nose'], 'Something covers the nose and mouth.'],
    [
      'object',
      ['leftEye', 'mouth', 'rightEye', 'nose'],
      'Something covers both eyes, the nose and the mouth.',
    ],
    ['object', ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'], 'Something covers the whole face.'],
    ['object', [], 'Something covers the face.'],
  ])('%s %s', (name, regions, sentence) => {
    expect(coverSentence({ class: name, regions })).toBe(sentence);
  });

  test('and nothing that is not known', () => {
    expect(coverSentence(null)).toBe('Something covers the face.');
  });
});

test('the advice tells a probability just beyond its limit from the limit', () => {
  expect(coverAdvice({ class: 'hand', regions: ['mouth'] }, 0.502, 0.5)).toBe(
    'A hand covers the mouth (50.2 % likely, limit 50 %). Use a picture with the hands away from the face.',
  );
});

test.each([...COVER_CLASSES, null])('the advice says what to do: %s', (name) => {
  const cover = name && ({ class: name, regions: ['mouth'] } as const);
  expect(coverAdvice(cover, 0.9, 0.5)).toMatch(/\(90 % likely, limit 50 %\)\. Use a picture .+\.$/);
});

test('a part of a cover keeps its class, and is null where none of it is', () => {
  const cover = { class: 'hair', regions: ['leftEye', 'mouth'] } as const;
  expect(coverOn(cover, ['leftEye', 'rightEye'])).toEqual({ class: 'hair', regions: ['leftEye'] });
  expect(coverOn(cover, ['nose'])).toBeNull();
  expect(coverOn(null, ['nose'])).toBeNull();
});

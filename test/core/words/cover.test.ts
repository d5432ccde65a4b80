import { describe, expect, test } from 'vitest';
import { COVER_CLASSES, type CoverClass, type FaceRegion } from '../../../src/core/inspection.ts';
import { wordsIn } from '../../../src/core/words/catalogue.ts';

const en = wordsIn('en');
const zh = wordsIn('zh-CN');

describe('the sentence says what covers what', () => {
  test.each<[CoverClass, readonly FaceRegion[], string, string]>([
    ['hand', ['mouth'], 'A hand covers the mouth.', '手遮挡了嘴。'],
    ['hand', ['mouth', 'chin'], 'A hand covers the mouth and chin.', '手遮挡了嘴和下巴。'],
    ['glasses', ['leftEye', 'rightEye'], 'Dark glasses hide both eyes.', '墨镜遮挡了双眼。'],
    ['hair', ['rightEye'], 'Hair covers the right eye.', '头发遮挡了右眼。'],
    ['hair', ['leftEye', 'nose'], 'Hair covers the left eye and nose.', '头发遮挡了左眼和鼻子。'],
    [
      'hair',
      ['rightEye', 'leftEye', 'nose'],
      'Hair covers both eyes and the nose.',
      '头发遮挡了双眼和鼻子。',
    ],
    [
      'cloth',
      ['nose', 'mouth', 'chin'],
      'A mask or cloth covers the nose, mouth and chin.',
      '口罩或布料遮挡了鼻子、嘴和下巴。',
    ],
    ['cloth', ['leftEye', 'rightEye'], 'Cloth covers both eyes.', '布料遮挡了双眼。'],
    [
      'object',
      ['leftEye', 'mouth', 'rightEye', 'nose'],
      'Something covers both eyes, the nose and the mouth.',
      '有东西遮挡了双眼、鼻子和嘴。',
    ],
    [
      'object',
      ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'],
      'Something covers the whole face.',
      '有东西遮挡了整张脸。',
    ],
    ['object', [], 'Something covers the face.', '有东西遮挡了人脸。'],
  ])('%s %s', (name, regions, english, chinese) => {
    expect(en.coverSentence({ class: name, regions })).toBe(english);
    expect(zh.coverSentence({ class: name, regions })).toBe(chinese);
  });

  test('and nothing that is not known', () => {
    expect(en.coverSentence(null)).toBe('Something covers the face.');
    expect(zh.coverSentence(null)).toBe('有东西遮挡了人脸。');
  });
});

test('the advice tells a probability just beyond its limit from the limit', () => {
  const cover = { class: 'hand', regions: ['mouth'] } as const;
  expect(en.advice.visible(0.502, 0.5, cover)).toBe(
    'A hand possibly covers the mouth (50.2%, limit 50%). Use a picture with the hands away from the face.',
  );
  expect(zh.advice.visible(0.97, 0.5, cover)).toBe(
    '很可能有手遮挡了嘴（97%，阈值 50%）。请换一张手不挡脸的图片。',
  );
});

test.each([...COVER_CLASSES, null])('the advice says what to do: %s', (name) => {
  const cover = name && ({ class: name, regions: ['mouth'] } as const);
  expect(en.advice.visible(0.9, 0.5, cover)).toMatch(/\(90%, limit 50%\)\. Use a picture .+\.$/);
});

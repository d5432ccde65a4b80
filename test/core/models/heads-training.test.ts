import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cover } from '../../../tools/train/covers/cover.ts';
import { EYE_PATCH } from '../../../tools/train/covers/eyes.ts';
import { type FaceFrame, frameOf } from '../../../tools/train/covers/frame.ts';
import { BEARD_DRAWN } from '../../../tools/train/covers/harmless.ts';
import { COVERS, HARMLESS } from '../../../tools/train/covers/index.ts';
import { MASKS } from '../../../tools/train/covers/masks.ts';
import { isObstructed, paint } from '../../../tools/train/paint.ts';
import { cutPatch, PATCH, type Patch } from '../../../tools/train/patch.ts';
import { createRng } from '../../../tools/train/rng.ts';
import { CLEAR } from '../../../tools/train/truth.ts';
import { decodeFirst, openVision } from '../../../tools/train/vision.ts';

test('the same seed gives the same chance', () => {
  const numbers = (seed: string) => Array.from({ length: 5 }, createRng(seed).next);
  expect(numbers('a')).toEqual(numbers('a'));
  expect(numbers('a')).not.toEqual(numbers('b'));
});

describe('drawn covers', () => {
  let patch: Patch;
  let frame: FaceFrame;
  beforeAll(async () => {
    const vision = await openVision();
    const pixels = await decodeFirst(fileURLToPath(new URL('../../../examples/pass.jpg', import.meta.url)));
    const [face] = await vision.look(pixels);
    patch = cutPatch(pixels, face, await vision.measure(pixels, face), createRng('patch'));
    frame = frameOf(patch.points, PATCH);
  });
  const draw = async (cover: Cover, seed: string) => {
    const rng = createRng(seed);
    const drawing = cover.draw({ frame, rng, skin: [220, 170, 140] });
    return paint(patch.pixels, frame, drawing, null, rng);
  };

  test('a mask covers nose, mouth and chin, not the eyes', async () => {
    const { covered, pixels } = await draw(MASKS[0], 'mask');
    expect(covered).toEqual({ leftEye: false, rightEye: false, nose: true, mouth: true, chin: true });
    expect(isObstructed(covered)).toBe(true);
    expect(pixels.data).not.toEqual(patch.pixels.data);
  });

  test('a patch over one eye covers that eye and spoils nothing', async () => {
    const { covered } = await draw(EYE_PATCH, 'patch');
    expect([covered.leftEye, covered.rightEye].filter(Boolean)).toHaveLength(1);
    expect(isObstructed(covered)).toBe(false);
  });

  test('a beard covers nothing, dense as it is', async () => {
    const { covered, pixels } = await draw(BEARD_DRAWN, 'beard');
    expect(covered).toEqual(CLEAR);
    expect(pixels.data).not.toEqual(patch.pixels.data);
  });

  test.each([...new Set([...COVERS, ...HARMLESS])])('$kind: drawn the same each time', async (cover) => {
    const [once, again] = [await draw(cover, 'same'), await draw(cover, 'same')];
    expect(once.covered).toEqual(again.covered);
    expect(Buffer.from(once.pixels.data).equals(Buffer.from(again.pixels.data))).toBe(true);
  });
});

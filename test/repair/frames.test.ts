import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box, Face } from '../../src/core/inspection.ts';
import { closeFrames, isTooLong, LONGEST_SHAPE, targetOf, widestFrame } from '../../src/repair/frames.ts';
import { clipTo, type Size } from '../../src/repair/geometry.ts';
import { LEVELS, windowsOf } from '../../src/repair/windows.ts';

const edge = fc.integer({ min: 200, max: 9000 });
const picture = fc.record({ width: edge, height: edge });

/** A picture, and a face somewhere in it whose surroundings are not wider than the picture is high. */
const pictured = picture.chain((size) => {
  const short = Math.min(size.width, size.height);
  return fc.record({
    size: fc.constant(size),
    face: fc
      .record({
        width: fc.integer({ min: 10, max: Math.floor(short / 2) }),
        x: fc.integer({ min: 0, max: size.width }),
        y: fc.integer({ min: 0, max: size.height }),
      })
      .map(({ width, x, y }) => faceAt({ x: x - width / 2, y: y - width / 2, width, height: width })),
  });
});

function faceAt(box: Box): Face {
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return {
    box,
    score: 1,
    landmarks: { rightEye: at, leftEye: at, nose: at, mouth: at, rightEar: at, leftEar: at },
  };
}

function isWithin(frame: Box, { width, height }: Size): boolean {
  const isWhole = [frame.x, frame.y, frame.width, frame.height].every(Number.isInteger);
  return (
    isWhole &&
    frame.x >= 0 &&
    frame.y >= 0 &&
    frame.x + frame.width <= width &&
    frame.y + frame.height <= height
  );
}

/** Whether a box lies in a frame, but for the rounding to whole pixels. */
function holds(frame: Box, box: Box): boolean {
  return (
    box.x >= frame.x - 1 &&
    box.y >= frame.y - 1 &&
    box.x + box.width <= frame.x + frame.width + 1 &&
    box.y + box.height <= frame.y + frame.height + 1
  );
}

describe('frames', () => {
  test('are whole pixels of the picture and never too long', () => {
    fc.assert(
      fc.property(pictured, ({ size, face }) => {
        const target = targetOf(face, null);
        for (const frame of [widestFrame(size, target), ...closeFrames(size, target)]) {
          expect(isWithin(frame, size)).toBe(true);
          expect(isTooLong(frame)).toBe(false);
        }
      }),
    );
  });

  test("hold all of LivePortrait's crop that the picture has", () => {
    fc.assert(
      fc.property(pictured, ({ size, face }) => {
        const target = targetOf(face, null);
        const needed = clipTo(size, target.surroundings);
        // A face that fills a strip has a crop that is longer than anything allowed.
        if (Math.max(needed.width, needed.height) > LONGEST_SHAPE * Math.min(size.width, size.height)) return;
        for (const frame of [widestFrame(size, target), ...closeFrames(size, target)]) {
          expect(holds(frame, needed)).toBe(true);
        }
      }),
    );
  });

  test('are all of a picture that is not too long', () => {
    const target = targetOf(faceAt({ x: 10, y: 10, width: 50, height: 50 }), null);
    expect(widestFrame({ width: 400, height: 200 }, target)).toEqual({ x: 0, y: 0, width: 400, height: 200 });
    expect(widestFrame({ width: 401, height: 200 }, target)).toEqual({ x: 0, y: 0, width: 390, height: 200 });
  });

  test('become closer, and end at the crop', () => {
    const crop = { center: { x: 1000, y: 1000 }, size: 230, angle: 0 };
    const target = targetOf(faceAt({ x: 950, y: 950, width: 100, height: 100 }), crop);
    const frames = closeFrames({ width: 2000, height: 2000 }, target);
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [500, 500],
      [400, 400],
      [230, 230],
    ]);
  });
});

describe('windows of a search', () => {
  test('are the whole picture first, then halves and quarters that overlap by half', () => {
    const size = { width: 2000, height: 1500 };
    expect(windowsOf(size, 0)).toEqual([{ x: 0, y: 0, ...size }]);
    expect([1, 2].map((level) => windowsOf(size, level).length)).toEqual([9, 49]);
  });

  test('leave no place out, are never too long, and not too many', () => {
    fc.assert(
      fc.property(picture, fc.nat(LEVELS - 1), fc.nat(99), fc.nat(99), (size, level, x, y) => {
        const windows = windowsOf(size, level);
        expect(windows.length).toBeLessThanOrEqual(64);
        for (const window of windows) {
          expect(isWithin(window, size)).toBe(true);
          if (Math.min(window.width, window.height) > 40) expect(isTooLong(window)).toBe(false);
        }
        if (windows.length === 0) return;
        const [left, top] = [((size.width - 1) * x) / 99, ((size.height - 1) * y) / 99];
        expect(windows.some((window) => holds(window, { x: left, y: top, width: 1, height: 1 }))).toBe(true);
      }),
    );
  });

  test('of a small picture are not halved', () => {
    expect(windowsOf({ width: 500, height: 400 }, 1)).toEqual([]);
  });
});

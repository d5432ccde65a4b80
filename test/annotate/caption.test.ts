/** The words of annotated pictures: what they say, and that they have room. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotate } from '../../src/annotate/annotate.ts';
import { captionOf, labelsOf } from '../../src/annotate/caption.ts';
import { letters, widthOf, wrap } from '../../src/annotate/lettering.ts';
import type { Shape } from '../../src/annotate/shapes.ts';
import type { Inspection } from '../../src/core/inspection.ts';
import { createInspector, type NodeInspector } from '../../src/node/inspector.ts';

const read = (name: string) => readFile(new URL(`../../examples/${name}.jpg`, import.meta.url));

let inspector: NodeInspector;
beforeAll(async () => {
  inspector = await createInspector({ language: 'zh-CN' });
});
afterAll(() => inspector.close());

const pointsOf = (shapes: readonly Shape[]) =>
  shapes.flatMap((shape) => (shape.kind === 'line' ? shape.points : []));

/** What is written, found by its strokes: each text is drawn anew and looked for. */
function isWritten(shapes: readonly Shape[], text: string): boolean {
  const counts = (some: readonly Shape[]) =>
    pointsOf(some)
      .map((point, at, all) => (at === 0 ? '' : (point.x - all[at - 1]!.x).toFixed(1)))
      .join(' ');
  const size = 768 / 62;
  return counts(shapes).includes(counts(letters(text, { x: 0, y: 0 }, { size, colour: [0, 0, 0] })).trim());
}

describe('the caption', () => {
  it.each([
    ['pass', 'PASS'],
    ['profile', 'REFUSED: face.profile'],
    ['none', 'No face was found.'],
  ])('of %s says: %s', async (name, text) => {
    const { shapes } = captionOf(await inspector.inspect(await read(name)));
    expect(isWritten(shapes, text)).toBe(true);
    expect(isWritten(shapes, 'PERHAPS')).toBe(false);
  });

  it.each(['pass', 'group', 'none', 'profile', 'obstructed', 'small'])(
    'and the labels of %s lie within their room, and are seen',
    async (name) => {
      const bytes = await read(name);
      const inspection = await inspector.inspect(bytes);
      const { uprightWidth: width, uprightHeight: height } = inspection.image;
      const caption = captionOf(inspection);
      for (const { x, y } of pointsOf(caption.shapes)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(height);
        expect(y).toBeLessThanOrEqual(height + caption.height);
      }
      for (const { x, y } of pointsOf(labelsOf(inspection))) {
        expect(x > 0 && x < width && y > 0 && y < height).toBe(true);
      }
      const image = sharp(await annotate(bytes, inspection, 'png'));
      const { height: drawn = 0 } = await image.metadata();
      expect(drawn).toBeGreaterThan(height);
      const { data } = await image
        .extract({ left: 0, top: height + 1, width, height: drawn - height - 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(Math.max(...data.subarray(0, 30_000))).toBe(255);
      expect(data.some((value) => value < 60)).toBe(true);
    },
  );

  it('is bounded, whatever the checks say', async () => {
    const inspection = await inspector.inspect(await read('profile'));
    const many = Array.from({ length: 500 }, () => inspection.checks).flat();
    const { height } = captionOf({ ...inspection, checks: many } as Inspection);
    expect(height).toBeLessThan(inspection.image.uprightHeight);
  });
});

describe('letters', () => {
  it('know what English advice is written with', () => {
    expect(widthOf('71°', 10)).toBeCloseTo(widthOf('71 degrees', 10));
    expect(widthOf('3 × 4', 10)).toBeCloseTo(widthOf('3 x 4', 10));
  });

  it('are a question mark where there is none, and never fail', () => {
    expect(widthOf('人像', 10)).toBe(widthOf('??', 10));
    expect(
      letters('\u0000\u202e\ud800 🙂', { x: 0, y: 0 }, { size: 10, colour: [0, 0, 0] }).length,
    ).toBeGreaterThan(0);
  });

  it('break at spaces, and leave a word that is too long as it is', () => {
    expect(wrap('one two three', 10, widthOf('one two', 10))).toEqual(['one two', 'three']);
    expect(wrap('incomprehensible', 10, 5)).toEqual(['incomprehensible']);
    expect(wrap('', 10, 100)).toEqual([]);
  });
});

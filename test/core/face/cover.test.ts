import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameCover } from '../../../src/core/face/cover.ts';
import { coverArea } from '../../../src/core/face/cover-area.ts';
import { FACE_OVAL } from '../../../src/core/face/mesh-points.ts';
import { depthInside } from '../../../src/core/face/polygon.ts';
import { REGION_NAMES, REGION_POINTS } from '../../../src/core/face/surface-regions.ts';
import type { Inspector } from '../../../src/core/inspect.ts';
import type { Cover, CoverClass, FaceRegion, SurfaceClass } from '../../../src/core/inspection.ts';
import { SURFACE_CELLS, SURFACE_CLASSES } from '../../../src/core/models/surface-network.ts';
import { createInspector } from '../../../src/node/inspector.ts';

type Shares = Partial<Record<SurfaceClass, number>>;

describe('the class of a cover', () => {
  const named = (regions: readonly FaceRegion[], shares: Shares, profile = 0) => {
    const covered = { leftEye: 0, rightEye: 0, nose: 0, mouth: 0, chin: 0 };
    for (const region of regions) covered[region] = 0.9;
    const means = Float32Array.from(
      REGION_NAMES.flatMap(() => SURFACE_CLASSES.map((name) => shares[name] ?? 0)),
    );
    return nameCover({ human: 1, yaw: 0, cutOff: 0, profile, obstructed: 1, covered }, { means });
  };
  const EYES = ['leftEye', 'rightEye'] as const;
  const BELOW = ['nose', 'mouth', 'chin'] as const;
  test.each<[CoverClass, string, readonly FaceRegion[], Shares]>([
    ['hand', 'other skin than the face', ['mouth'], { face: 0.7, skin: 0.2 }],
    ['object', 'what is hardly seen', ['mouth'], { face: 0.9, skin: 0.05 }],
    ['object', 'strands that may be a beard', ['mouth', 'chin'], { face: 0.6, hair: 0.15 }],
    ['hair', 'hair over an eye', ['rightEye'], { face: 0.5, hair: 0.4 }],
    ['glasses', 'things before both eyes', EYES, { face: 0.3, object: 0.6 }],
    ['glasses', 'lenses that look like hair', EYES, { face: 0.3, object: 0.2, hair: 0.3 }],
    ['hair', 'hair over both eyes', EYES, { face: 0.3, object: 0.1, hair: 0.5 }],
    ['object', 'a thing before one eye', ['leftEye'], { object: 0.9 }],
    ['cloth', 'a thing over nose, mouth and chin: a mask', BELOW, { object: 0.9 }],
    ['cloth', 'cloth', ['mouth'], { face: 0.3, cloth: 0.6 }],
    ['object', 'a small thing over nose, mouth and chin', BELOW, { face: 0.6, object: 0.3 }],
  ])('%s: %s', (expected, _what, regions, shares) => {
    expect(named(regions, shares)).toEqual({ class: expected, regions });
  });

  test('there is none of a head in profile', () => {
    expect(named(['mouth'], { skin: 0.5 }, 0.49)?.class).toBe('hand');
    expect(named(['mouth'], { skin: 0.5 }, 0.5)).toBeNull();
  });

  test('there is none where no region is likely to be covered', () => {
    expect(named([], { object: 1 })).toBeNull();
  });
});

describe('the area of a cover, on a map and a mesh that are drawn', () => {
  const SIZE = 192;
  const MIDDLE = SIZE / 2;
  const MOUTH = [96, 120] as const;
  const PLACES = { rightEye: [76, 80], leftEye: [116, 80], nose: [96, 100], mouth: MOUTH } as const;
  const levelled = new Float32Array(468 * 3);
  const ring = (points: readonly number[], [x, y]: readonly [number, number], wide: number, high: number) => {
    points.forEach((point, i) => {
      const angle = (i / points.length) * 2 * Math.PI;
      levelled.set([x + wide * Math.sin(angle), y - high * Math.cos(angle)], point * 3);
    });
  };
  ring(FACE_OVAL, [MIDDLE, MIDDLE], 48, 60);
  for (const [region, place] of Object.entries(PLACES))
    ring(REGION_POINTS[region as FaceRegion], place, 8, 8);
  /** The face is twice as large in the picture, and leans. */
  const square = { cx: 500, cy: 400, size: 2 * SIZE, angle: 0.3 };
  const inPicture = ([x, y]: readonly [number, number]): [number, number] => {
    const [across, down] = [2 * (x - MIDDLE), 2 * (y - MIDDLE)];
    const [cos, sin] = [Math.cos(square.angle), Math.sin(square.angle)];
    return [square.cx + cos * across - sin * down, square.cy + sin * across + cos * down];
  };
  /** A map of nothing but face, with a class in some rows and columns. */
  const mapOf = (name: SurfaceClass, ...blocks: readonly (readonly [top: number, bottom: number])[]) => {
    const plane = SURFACE_CELLS ** 2;
    const map = new Float32Array(plane * SURFACE_CLASSES.length);
    const fill = (of: SurfaceClass, cell: number, share: number) => {
      map[SURFACE_CLASSES.indexOf(of) * plane + cell] = share;
    };
    for (let cell = 0; cell < plane; cell++) {
      const row = Math.floor(cell / SURFACE_CELLS);
      const isBlock = blocks.some(([top, bottom]) => row >= top && row <= bottom);
      fill('face', cell, isBlock ? 0 : 1);
      fill(name, cell, isBlock ? 1 : 0);
    }
    return map;
  };
  const areaOf = (cover: Pick<Cover, 'class' | 'regions'>, map: Float32Array) =>
    coverArea(cover, map, { levelled, square }, SIZE);
  const tints = (area: readonly (readonly number[])[], place: readonly [number, number]) =>
    area.filter((outline) => depthInside(outline, ...inPicture(place)) > 0).length % 2 === 1;

  test('is where the class is seen, in the picture', () => {
    const area = areaOf({ class: 'cloth', regions: ['mouth'] }, mapOf('object', [12, 17]));
    expect(area).toHaveLength(1);
    expect(tints(area, MOUTH)).toBe(true);
    expect(tints(area, PLACES.rightEye)).toBe(false);
    expect(tints(area, PLACES.leftEye)).toBe(false);
  });

  test('ends a little outside the face', () => {
    const area = areaOf({ class: 'cloth', regions: ['mouth'] }, mapOf('object', [0, 23]));
    expect(tints(area, [96, 96 - 56])).toBe(true);
    expect(tints(area, [96 + 56, 96])).toBe(true);
    expect(tints(area, [96, 96 - 74])).toBe(false);
    expect(tints(area, [96 + 62, 96])).toBe(false);
  });

  test('leaves out what does not touch a covered region', () => {
    const map = mapOf('object', [6, 7], [12, 17]);
    const forehead = [96, 42] as const;
    expect(tints(areaOf({ class: 'cloth', regions: ['mouth'] }, map), forehead)).toBe(false);
    expect(tints(areaOf({ class: 'cloth', regions: ['mouth'] }, mapOf('object', [6, 17])), forehead)).toBe(
      true,
    );
  });

  test('leaves hair out where a hand covers the mouth', () => {
    const area = areaOf({ class: 'hand', regions: ['mouth'] }, mapOf('hair', [0, 23]));
    expect(tints(area, PLACES.leftEye)).toBe(false);
  });

  test('is the region where nothing is seen', () => {
    const area = areaOf({ class: 'object', regions: ['leftEye', 'mouth'] }, mapOf('object'));
    expect(area).toHaveLength(2);
    expect(tints(area, MOUTH)).toBe(true);
    expect(tints(area, PLACES.leftEye)).toBe(true);
    expect(tints(area, PLACES.rightEye)).toBe(false);
    expect(tints(area, PLACES.nose)).toBe(false);
  });

  test('is one place where regions that touch are not seen', () => {
    const area = areaOf({ class: 'object', regions: ['nose', 'mouth'] }, mapOf('object'));
    expect(area).toHaveLength(1);
    expect(tints(area, [96, 110])).toBe(true);
  });
});

describe('what covers a drawn face', () => {
  let inspector: Inspector;
  beforeAll(async () => {
    inspector = await createInspector();
  });
  afterAll(() => inspector.close());
  const inspect = async (name: string) => {
    const path = fileURLToPath(new URL(`../../fixtures/drawn/${name}.jpg`, import.meta.url));
    return (await inspector.inspect(await readFile(path))).subject!;
  };
  const isTinted = ({ area }: Cover, { x, y }: { readonly x: number; readonly y: number }) =>
    area.filter((outline) => depthInside(outline, x, y) > 0).length % 2 === 1;

  test('a mask covers the mouth, and there it is tinted', async () => {
    const { cover, landmarks } = await inspect('mask');
    expect(cover?.regions).toContain('mouth');
    expect(isTinted(cover!, landmarks.mouth)).toBe(true);
    expect(isTinted(cover!, landmarks.leftEye)).toBe(false);
    expect(isTinted(cover!, landmarks.rightEye)).toBe(false);
  });

  test.each(['bald', 'yaw+0', 'long-hair'])('nothing does: %s', async (name) => {
    const { cover, surface } = await inspect(name);
    expect(cover).toBeNull();
    for (const shares of Object.values(surface)) {
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
  });
});

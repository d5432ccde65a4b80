import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { annotate } from '../../src/annotate/annotate.ts';
import { captionOf } from '../../src/annotate/caption.ts';
import { paint } from '../../src/annotate/paint.ts';
import { type Shape, shapesOf } from '../../src/annotate/shapes.ts';
import { toSvg } from '../../src/annotate/svg.ts';
import type { Inspection, Point, Subject } from '../../src/core/inspection.ts';
import { SURFACE } from '../core/checks/evidence.ts';

const point = { x: 50, y: 50 };
const subject: Subject = {
  index: 0,
  box: { x: 20, y: 20, width: 60, height: 60 },
  score: 0.9,
  landmarks: { rightEye: point, leftEye: point, nose: point, mouth: point, rightEar: point, leftEar: point },
  mesh: [30, 30, 0, 31, 30, 0],
  pose: { yaw: 0, pitch: 0, roll: 0 },
  faceFlag: 1,
  interEyeDistance: 20,
  workingWidth: 60,
  frameShare: 0.36,
  outside: 0,
  sharpness: 1,
  brightness: 0.5,
  contrast: 0.2,
  evenness: 1,
  surround: 0.5,
  mouthOpening: 0,
  eyeOpening: 0.3,
  heads: {
    human: 1,
    yaw: 0,
    cutOff: 0,
    profile: 0,
    covered: { leftEye: 0, rightEye: 0, nose: 0, mouth: 0, chin: 0 },
    obstructed: 0,
  },
  surface: SURFACE,
  cover: null,
};
const inspection: Inspection = {
  image: {
    format: 'png',
    width: 100,
    height: 100,
    orientation: 1,
    animated: false,
    bytes: 1,
    uprightWidth: 100,
    uprightHeight: 100,
    missingBytes: 0,
  },
  faces: [subject, { ...subject, box: { x: 0, y: 0, width: 5, height: 5 } }],
  subject,
  checks: [],
  pass: true,
  reason: null,
  crop: { center: point, size: 80, angle: 0 },
  quality: null,
};

describe('shapesOf', () => {
  it('shows all faces, the crop, the mesh, six points and three axes', () => {
    const shapes = shapesOf(inspection);
    expect(shapes.filter((shape) => shape.kind === 'line')).toHaveLength(1 + 1 + 1 + 3);
    expect(shapes.filter((shape) => shape.kind === 'dot')).toHaveLength(2 + 6);
  });
  it('shows nothing where there is no face', () => {
    expect(shapesOf({ ...inspection, faces: [], subject: null, crop: null, pass: false })).toEqual([]);
  });
  it('tints what covers the face', () => {
    const area = [[20, 20, 80, 20, 80, 50]];
    const cover = { class: 'hand', regions: ['mouth'], area } as const;
    expect(shapesOf({ ...inspection, subject: { ...subject, cover } })).toContainEqual({
      kind: 'area',
      outlines: [
        [
          { x: 20, y: 20 },
          { x: 80, y: 20 },
          { x: 80, y: 50 },
        ],
      ],
      colour: [217, 33, 176],
      opacity: 0.45,
    });
  });
  it('tells a pass from a failure by colour', () => {
    expect(shapesOf(inspection)).not.toEqual(shapesOf({ ...inspection, pass: false }));
  });
});

describe('paint', () => {
  it('draws in the pixels of a picture that was scaled down, and not outside', () => {
    const pixels = { data: new Uint8Array(10 * 10 * 3), width: 10, height: 10, scaleX: 10, scaleY: 10 };
    const shapes: Shape[] = [
      {
        kind: 'line',
        points: [
          { x: -50, y: 25 },
          { x: 500, y: 25 },
        ],
        width: 1,
        colour: [1, 2, 3],
      },
      { kind: 'dot', at: { x: 95, y: 95 }, radius: 1, colour: [4, 5, 6] },
    ];
    paint(pixels, shapes);
    const at = (x: number, y: number) => [...pixels.data.subarray((y * 10 + x) * 3, (y * 10 + x) * 3 + 3)];
    for (let x = 0; x < 10; x++) expect(at(x, 2)).toEqual([1, 2, 3]);
    expect(at(9, 9)).toEqual([4, 5, 6]);
    expect(pixels.data.filter((value) => value !== 0)).toHaveLength(11 * 3);
  });
});

describe('a tint', () => {
  const square = (from: number, to: number): Point[] => [
    { x: from, y: from },
    { x: to, y: from },
    { x: to, y: to },
    { x: from, y: to },
  ];
  const tint = (...outlines: Point[][]): Shape[] => [
    { kind: 'area', outlines, colour: [200, 100, 0], opacity: 0.5 },
  ];
  it('is mixed into the pixels within its outlines, but not into a hole', () => {
    const pixels = {
      data: new Uint8Array(10 * 10 * 3).fill(100),
      width: 10,
      height: 10,
      scaleX: 10,
      scaleY: 10,
    };
    paint(pixels, tint(square(10, 90), square(40, 60)));
    const at = (x: number, y: number) => [...pixels.data.subarray((y * 10 + x) * 3, (y * 10 + x) * 3 + 3)];
    expect(at(2, 2)).toEqual([150, 100, 50]);
    expect(at(8, 8)).toEqual([150, 100, 50]);
    expect(at(5, 5)).toEqual([100, 100, 100]);
    expect(at(0, 5)).toEqual([100, 100, 100]);
    expect(at(9, 9)).toEqual([100, 100, 100]);
  });
  it('may reach outside the picture, or be nowhere', () => {
    const pixels = { data: new Uint8Array(4 * 4 * 3), width: 4, height: 4, scaleX: 1, scaleY: 1 };
    paint(pixels, tint());
    expect(pixels.data.every((value) => value === 0)).toBe(true);
    paint(pixels, tint(square(-10, 20)));
    expect([...pixels.data.subarray(0, 3)]).toEqual([100, 50, 0]);
    expect([...pixels.data.subarray(-3)]).toEqual([100, 50, 0]);
  });
  it('is a path in an SVG', () => {
    expect(
      toSvg({ width: 3, height: 4, below: 0, href: 'data:,' }, tint(square(1, 2), square(1.25, 1.5))),
    ).toContain(
      '<path d="M1,1 2,1 2,2 1,2ZM1.25,1.25 1.5,1.25 1.5,1.5 1.25,1.5Z" fill="#c86400" fill-opacity="0.5" fill-rule="evenodd"/>',
    );
  });
});

describe('annotate', () => {
  it('gives a PNG and an SVG of the picture, with the box drawn in', async () => {
    const create = { width: 100, height: 100, channels: 3, background: '#000000' } as const;
    const bytes = await sharp({ create }).png().toBuffer();
    const png = sharp(await annotate(bytes, inspection, 'png'));
    expect(await png.metadata()).toMatchObject({
      format: 'png',
      width: 100,
      height: 100 + captionOf(inspection).height,
    });
    const { data } = await png.raw().toBuffer({ resolveWithObject: true });
    const offset = (20 * 100 + 40) * 3;
    expect([...data.subarray(offset, offset + 3)]).toEqual([46, 204, 113]);

    const svg = Buffer.from(await annotate(bytes, inspection, 'svg')).toString();
    expect(svg).toContain(`viewBox="0 0 100 ${100 + captionOf(inspection).height}"`);
    expect(svg).toContain('<image href="data:image/jpeg;base64,');
    expect(svg).toContain('<polyline points="20,20 80,20 80,80 20,80 20,20" fill="none" stroke="#2ecc71"');
  });
});

describe('toSvg', () => {
  it('rounds to hundredths', () => {
    const dot: Shape = { kind: 'dot', at: { x: 1 / 3, y: 2 }, radius: 1.005, colour: [0, 10, 255] };
    expect(toSvg({ width: 3, height: 4, below: 0, href: 'data:,' }, [dot])).toContain(
      '<circle cx="0.33" cy="2" r="1" fill="#000aff"/>',
    );
  });
});

import { expect, it } from 'vitest';
import { FinerDecoding } from '../../../src/core/image/finer.ts';
import type { Band, PixelRows } from '../../../src/core/image/pixels.ts';

const JPEG = { format: 'jpeg', width: 1280, height: 1280, orientation: 1, animated: false } as const;
const rows: PixelRows = { data: new Uint8Array(3), width: 1, height: 1, scaleX: 1, scaleY: 1 };

function finerOf(header: ConstructorParameters<typeof FinerDecoding>[0]) {
  const asked: [number, Band][] = [];
  const finer = new FinerDecoding(header, async (edge, band) => {
    asked.push([edge, band]);
    return rows;
  });
  return { finer, asked };
}

it('decodes the band that is asked for, and that once', async () => {
  const { finer, asked } = finerOf(JPEG);
  await finer.get(2, { from: 0.2, to: 0.6 });
  await finer.get(2, { from: 0.2, to: 0.6 });
  await finer.get(2, { from: 0.3, to: 0.5 });
  expect(asked).toEqual([[1280, { from: 0.2, to: 0.6 }]]);
});

it('decodes all of it for another band, so that a hundred faces cost two decodings', async () => {
  const { finer, asked } = finerOf(JPEG);
  for (let i = 0; i < 100; i++) await finer.get(2, { from: i / 100, to: (i + 1) / 100 });
  expect(asked).toEqual([
    [1280, { from: 0, to: 0.01 }],
    [1280, { from: 0, to: 1 }],
  ]);
});

it('decodes nothing where the first decoding was as fine', async () => {
  for (const header of [
    { ...JPEG, format: 'png' },
    { ...JPEG, width: 400, height: 300 },
  ] as const) {
    const { finer, asked } = finerOf(header);
    expect(await finer.get(3, { from: 0, to: 1 })).toBeNull();
    expect(asked).toEqual([]);
  }
});

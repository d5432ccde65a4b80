import { expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { checkBytes, checkDimensions } from '../../../src/core/image/limits.ts';
import { DetectError } from '../../../src/errors.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { bmpSamples } from './bmp-samples.ts';
import { generator, mutate } from './mutations.ts';
import { draw, encoder, variants } from './pictures.ts';

const MUTATIONS = 5000;
const MOST_MILLISECONDS = 2000;
const MOST_GROWTH = 300 * 1024 * 1024;

/** The way of every picture: "pixels", or the code of its error. Anything else is thrown on. */
async function outcome(file: Buffer): Promise<string> {
  try {
    checkBytes(file.length);
    const header = readHeader(file, true);
    checkDimensions(header);
    const { data, width, height } = await decodeImage(file, header);
    expect(data.length).toBe(width * height * 3);
    return 'pixels';
  } catch (error) {
    if (error instanceof DetectError) return error.code;
    throw error;
  }
}

it(`ends ${MUTATIONS} damaged files in pixels or a typed error`, { timeout: 180_000 }, async () => {
  const turned = await encoder(draw(60, 40)).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  // Twice, so that half of the files are not BMPs, which have most layouts.
  const others = [...(await variants()).map(({ file }) => file), turned];
  const files = [...bmpSamples().map(({ file }) => file), ...others, ...others];
  for (const file of files) expect(await outcome(file)).toBe('pixels');

  const pick = generator(20_260_214);
  const counts: Record<string, number> = {};
  const before = process.memoryUsage.rss();
  let peak = before;
  let slowest = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    const file = mutate(files, pick);
    const start = performance.now();
    const result = await outcome(file);
    slowest = Math.max(slowest, performance.now() - start);
    peak = Math.max(peak, process.memoryUsage.rss());
    counts[result] = (counts[result] ?? 0) + 1;
  }
  expect(slowest).toBeLessThan(MOST_MILLISECONDS);
  expect(peak - before).toBeLessThan(MOST_GROWTH);
  // The damage is of every kind: some is seen in the header, some in the pixels, some does no harm.
  for (const kind of ['pixels', 'image.corrupt', 'image.unsupported', 'image.edge', 'image.aspect']) {
    expect(counts[kind], kind).toBeGreaterThan(10);
  }
});

/** That loading what judges pictures is seen, which files that share a process must not do. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { loadSharp } from '../src/node/decode/sharp.ts';
import { loadRuntime } from '../src/node/networks/runtime.ts';
import { judgingHere } from './judging-here.ts';

test('drawing a picture is not judging', async () => {
  await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  expect(judgingHere()).toEqual([]);
});

test('our decoder and the networks are seen', async () => {
  await loadSharp('native');
  expect(judgingHere()).toEqual(['sharp, without its cache']);
  loadRuntime();
  expect(judgingHere()).toEqual(['/dist/onnxruntime/', 'sharp, without its cache']);
});

test('so are those in WebAssembly', async () => {
  await loadSharp('wasm');
  expect(judgingHere()).toContain('/dist/wasm/');
});

import type { HeadsFile } from '../../src/models/heads.ts';
import type { LinearHead } from './fit.ts';

const CHANNELS = 128;
const CELLS = 36;
const LARGEST = 127;

/** A head as the product keeps it: 8 bits a weight, with one scale a channel. */
export function packHead({ weights, bias }: LinearHead): HeadsFile['heads'][string] {
  const whole = new Int8Array(CHANNELS * CELLS);
  const scales = Buffer.alloc(CHANNELS * 4);
  for (let channel = 0; channel < CHANNELS; channel++) {
    const from = channel * CELLS;
    const largest = weights.subarray(from, from + CELLS).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const scale = Math.fround(largest / LARGEST) || 1;
    scales.writeFloatLE(scale, channel * 4);
    for (let i = from; i < from + CELLS; i++) whole[i] = Math.round(weights[i] / scale);
  }
  return {
    weights: Buffer.from(whole.buffer).toString('base64'),
    scales: scales.toString('base64'),
    bias: Number(bias.toPrecision(7)),
  };
}

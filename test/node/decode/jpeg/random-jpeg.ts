/** Baseline JPEGs of random coefficients, in the layouts that the encoder at hand does not write. */

import {
  frameOf,
  huffman,
  jpegOf,
  restartInterval,
  type Sampling,
  scanOf,
} from '../../../core/image/jpeg-writer.ts';
import { generator } from '../../../core/image/mutations.ts';

/** How many bits a mean's difference has: each is its own code, of three bits. */
const MEANS = [0, 1, 2, 3, 4, 5];
const MEAN_CODE = 3;
/** Runs of zeros and the bits of what follows, codes of four bits; the first one is the end of the block. */
const OTHERS = [0x00, 0x01, 0x02, 0x03, 0x11, 0x12, 0x21, 0x31, 0x05, 0x61, 0xf0];
const OTHER_CODE = 4;
const LAST = 63;

/** Bits, with a zero stuffed behind each 0xff. */
class Bits {
  readonly bytes: number[] = [];
  #held = 0;
  #count = 0;

  add(bits: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#held = (this.#held << 1) | ((bits >> i) & 1);
      if (++this.#count === 8) this.#store();
    }
  }

  /** Fills the last byte with ones. */
  end(): void {
    while (this.#count !== 0) this.add(1, 1);
  }

  #store(): void {
    this.bytes.push(this.#held & 255);
    if ((this.#held & 255) === 255) this.bytes.push(0);
    this.#held = 0;
    this.#count = 0;
  }
}

/**
 * A JPEG of random blocks.
 *
 * @param samplings of each plane: how many blocks it has of a unit, across and down; the first one has the most
 * @param restart   units from one restart to the next; 0 for none
 */
export function randomJpeg(
  width: number,
  height: number,
  samplings: readonly Sampling[],
  restart = 0,
): Buffer {
  const pick = generator(width * 1000 + height + restart);
  const [[across, down]] = samplings.length === 1 ? [[1, 1]] : samplings;
  const units = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const blocks = samplings.length === 1 ? 1 : samplings.reduce((sum, [a, d]) => sum + a * d, 0);
  const bits = new Bits();
  for (let unit = 0; unit < units; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0) {
      bits.end();
      bits.bytes.push(0xff, 0xd0 + ((unit / restart - 1) & 7));
    }
    for (let block = 0; block < blocks; block++) writeBlock(bits, pick);
  }
  bits.end();
  return jpegOf(
    frameOf(0xc0, width, height, samplings),
    huffman(0, MEAN_CODE, MEANS),
    huffman(1, OTHER_CODE, OTHERS),
    ...(restart > 0 ? [restartInterval(restart)] : []),
    scanOf({ components: samplings.map((_, i) => i), data: Buffer.from(bits.bytes) }),
  );
}

function writeBlock(bits: Bits, pick: (limit: number) => number): void {
  const mean = pick(MEANS.length);
  bits.add(mean, MEAN_CODE);
  bits.add(pick(1 << MEANS[mean]), MEANS[mean]);
  for (let k = 1; k <= LAST; ) {
    const index = pick(OTHERS.length);
    const run = OTHERS[index] >> 4;
    const count = OTHERS[index] & 15;
    if (index === 0 || k + run > LAST) {
      bits.add(0, OTHER_CODE);
      return;
    }
    bits.add(index, OTHER_CODE);
    bits.add(pick(1 << count), count);
    k += run + 1;
  }
}

/** Colour profiles, written tag by tag (ICC.1:2022). */
const HEADER_BYTES = 128;
const text = (characters: string) => Buffer.from(characters, 'latin1');

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, i * 4);
  });
  return bytes;
}

function xyz(x: number, y: number, z: number): Buffer {
  return Buffer.concat([text('XYZ '), u32(0, x, y, z)]);
}

const gamma = Buffer.concat([text('para'), u32(0, 0, 0x23333)]);

/** The tags of a plain RGB profile: Display P3's colours. */
export const PLAIN: readonly (readonly [string, Buffer])[] = [
  ['wtpt', xyz(0xf6d6, 0x10000, 0xd32d)],
  ['rXYZ', xyz(0x83df, 0x3dbf, 0xffffffbb)],
  ['gXYZ', xyz(0x4abf, 0xb137, 0xab9)],
  ['bXYZ', xyz(0x2838, 0x110b, 0xc8b9)],
  ['rTRC', gamma],
  ['gTRC', gamma],
  ['bTRC', gamma],
];

/** A profile of these tags. */
export function profileOf(tags: readonly (readonly [string, Buffer])[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(0x04400000, 8);
  text('mntrRGB XYZ ').copy(header, 12);
  text('acsp').copy(header, 36);
  u32(0xf6d6, 0x10000, 0xd32d).copy(header, 68);
  let at = HEADER_BYTES + 4 + 12 * tags.length;
  const directory = [u32(tags.length)];
  for (const [name, data] of tags) {
    directory.push(text(name), u32(at, data.length));
    at += data.length;
  }
  const profile = Buffer.concat([header, ...directory, ...tags.map(([, data]) => data)]);
  profile.writeUInt32BE(profile.length, 0);
  return profile;
}

/** A tag of this many processing elements, all the same matrix, which stands there once. */
export function processing(count: number): Buffer {
  const matrix = Buffer.alloc(12 + 12 * 4);
  text('matf').copy(matrix);
  matrix.writeUInt32BE(0x00030003, 8);
  for (let i = 0; i < 9; i++) matrix.writeFloatBE(i % 4 === 0 ? 0.9 : 0.05, 12 + i * 4);
  const places = new Array(count).fill(u32(16 + 8 * count, matrix.length));
  return Buffer.concat([text('mpet'), u32(0, 0x00030003, count), ...places, matrix]);
}

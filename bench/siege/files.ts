/** Files that are expensive to decode, and files that are broken. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { makePicture } from '../pictures.ts';
import { type Attack, fire, type Means } from './attack.ts';

/** Where hostile files of the house lie beside a checkout; others are made here. */
const SHARED = new URL('../../../shared/attacks/', import.meta.url);
const EXAMPLES = new URL('../../examples/', import.meta.url);

const EDGE = 4096;
const FRAMES = 10_000;
const SCANS = 90;
/** What a flood of bad files is made of: so many bytes of an example are changed. */
const FLAWS = 20;

type Bytes = Uint8Array<ArrayBuffer>;

/** Makes the expensive files, which takes some seconds. */
export async function makeBombs(): Promise<readonly Bytes[]> {
  const { bytes } = await makePicture({ scene: 'one', format: 'jpeg', edge: EDGE });
  const flat = sharp({ create: { width: EDGE, height: EDGE, channels: 3, background: '#889' } });
  const made = [
    await sharp(bytes).jpeg({ progressive: true, quality: 60 }).toBuffer(),
    await sharp(bytes).webp({ quality: 50, effort: 0 }).toBuffer(),
    await flat.clone().png({ compressionLevel: 9, progressive: true }).toBuffer(),
    repeatScan(await flat.clone().jpeg({ progressive: true }).toBuffer()),
    repeatFrame(await animation()),
  ];
  return [...made.map(own), ...sharedBombs()];
}

/** A progressive JPEG whose last scan comes over and over. */
function repeatScan(jpeg: Uint8Array): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const scan = bytes.subarray(bytes.lastIndexOf(Buffer.from([0xff, 0xda])), bytes.length - 2);
  return Buffer.concat([bytes.subarray(0, -2), ...Array(SCANS).fill(scan), bytes.subarray(-2)]);
}

/** An animation whose last frame comes over and over. */
function repeatFrame(webp: Uint8Array): Uint8Array {
  const bytes = Buffer.from(webp);
  const frame = bytes.subarray(bytes.lastIndexOf('ANMF'));
  const all = Buffer.concat([bytes, ...Array(FRAMES).fill(frame)]);
  all.writeUInt32LE(all.length - 8, 4);
  return all;
}

async function animation(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#123', '#456'].map((background) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
}

function sharedBombs(): Bytes[] {
  if (!existsSync(SHARED)) return [];
  return readdirSync(SHARED).map((name) => own(readFileSync(new URL(name, SHARED))));
}

function own(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

/** Uploads of files that are expensive to decode. */
export function bombs(files: readonly Bytes[]): Attack {
  return {
    name: 'pictures that are dear to decode',
    everyMs: 700,
    atOnce: 4,
    run: (means) => upload(means, '/v1/inspect', means.random.pick(files)),
  };
}

/** Repairs of files that are expensive to decode. */
export function fixBombs(files: readonly Bytes[]): Attack {
  return {
    name: 'repairs of dear pictures',
    everyMs: 1_500,
    atOnce: 3,
    run: (means) => upload(means, '/v1/fix', means.random.pick(files)),
  };
}

/** Uploads of files with flaws, cut off, or of something else. */
export function badFiles(): Attack {
  const good = readdirSync(EXAMPLES)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => readFileSync(new URL(name, EXAMPLES)));
  return {
    name: 'files with flaws',
    everyMs: 250,
    atOnce: 4,
    run: (means) => {
      const { random } = means;
      const bytes = own(random.pick(good));
      const cut = bytes.subarray(0, random.next() < 0.5 ? bytes.length : random.below(bytes.length));
      for (let i = 0; i < FLAWS && cut.length > 0; i++) cut[random.below(cut.length)] = random.below(256);
      return upload(means, '/v1/inspect', new Uint8Array(cut));
    },
  };
}

function upload(means: Means, path: string, body: Bytes): Promise<string | number> {
  const headers = { 'content-type': 'application/octet-stream' };
  return fire(means, { path, body, headers, key: means.random.pick(means.keys) });
}

import { DAMAGE_DETAILS } from '../../errors.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { concatBytes, hasText, u24le, u32le } from './bytes.ts';
import { CHUNK_HEADER, FLAG_ANIMATION, FLAG_EXIF, RIFF_BYTES } from './webp.ts';
import { checkCodeGroups } from './webp-codes.ts';

const HEADER_AT = RIFF_BYTES + CHUNK_HEADER;
const FLAG_XMP = 0x04;
const FLAG_PROFILE = 0x20;
/** Place, size, duration and flags of a frame, before its picture's chunks. */
const FRAME_HEADER = 16;
/** Of a lossless picture's fifth byte: whether it has alpha (RFC 9649, 3.4). */
const LOSSLESS_ALPHA = 0x10;

/** A chunk: from its name to the end of its data and padding. */
interface Chunk {
  readonly at: number;
  readonly next: number;
}

/**
 * A WebP as far as its first picture needs it: of an animation, all up to the first frame, and one other. libvips asks
 * libwebp for the duration of every frame, by its number, and libwebp looks for each from the first on: work that grows
 * with the square of their number, for one picture.
 *
 * The pixels of the first page are the same to the last bit. Of the other frames libvips uses one thing: it gives the
 * page alpha where any of them leaves some of the canvas bare, or has alpha itself; so one that does is kept, if there is
 * one. EXIF and XMP are no longer announced: libvips would have them parsed.
 *
 * @param bytes a whole WebP whose header, orientation included, has been read
 * @returns `bytes` itself where nothing is to be changed
 * @throws DetectError `image.too_complex` as {@link checkCodeGroups}; `image.corrupt` for more than {@link MAX_BLOCKS}
 *   chunks up to the first frame, or for an animation without one
 */
export function cutToFirstPicture(bytes: Uint8Array): Uint8Array {
  if (!hasText(bytes, RIFF_BYTES, 'VP8X')) {
    checkCodeGroups(bytes, RIFF_BYTES, bytes.length, { width: 0, height: 0 });
    return bytes;
  }
  const flags = bytes[HEADER_AT];
  const { first, other, hasProfile } = findFrames(bytes);
  checkCodeGroups(bytes, RIFF_BYTES, first?.at ?? bytes.length, sizeAt(bytes, HEADER_AT + 4));
  if (first !== null) {
    const frame = first.at + CHUNK_HEADER;
    checkCodeGroups(bytes, frame + FRAME_HEADER, first.next, sizeAt(bytes, frame + 6));
  }
  if (other === null && (flags & (FLAG_EXIF | FLAG_XMP)) === 0) return bytes;

  const cut =
    first === null || other === null
      ? bytes.slice()
      : concatBytes([bytes.subarray(0, first.next), bytes.subarray(other.at, other.next)]);
  if (other !== null) new DataView(cut.buffer, cut.byteOffset).setUint32(4, cut.length - CHUNK_HEADER, true);
  cut[HEADER_AT] &= ~(FLAG_EXIF | FLAG_XMP | (other === null || hasProfile ? 0 : FLAG_PROFILE));
  return cut;
}

/** Of an animation the first frame, another one, and whether a profile stands before them. */
function findFrames(bytes: Uint8Array) {
  const isAnimated = (bytes[HEADER_AT] & FLAG_ANIMATION) !== 0;
  let first: Chunk | null = null;
  let other: Chunk | null = null;
  let hasProfile = false;
  let visited = 0;
  for (const chunk of chunksOf(bytes)) {
    if (first === null && ++visited > MAX_BLOCKS) throw tooManyBlocks('WebP chunks');
    if (first === null && hasText(bytes, chunk.at, 'ICCP')) hasProfile = true;
    if (!isAnimated || !hasText(bytes, chunk.at, 'ANMF')) continue;
    if (first === null) {
      first = chunk;
      continue;
    }
    const isWanted = needsAlpha(bytes, chunk);
    if (other === null || isWanted) other = chunk;
    if (isWanted) break;
  }
  if (isAnimated && first === null) throw corrupt(DAMAGE_DETAILS.webpNoFrame);
  return { first, other, hasProfile };
}

function sizeAt(bytes: Uint8Array, at: number) {
  return { width: u24le(bytes, at) + 1, height: u24le(bytes, at + 3) + 1 };
}

/** The chunks of the file, as far as they lie inside it. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const end = Math.min(CHUNK_HEADER + u32le(bytes, 4), bytes.length);
  for (let at = RIFF_BYTES; at + CHUNK_HEADER <= end; ) {
    const length = u32le(bytes, at + 4);
    const next = at + CHUNK_HEADER + length + (length & 1);
    if (next > end) return;
    yield { at, next };
    at = next;
  }
}

/** Whether a frame has alpha or a size other than the canvas's (RFC 9649, 2.7.1.1). */
function needsAlpha(bytes: Uint8Array, { at, next }: Chunk): boolean {
  const frame = at + CHUNK_HEADER;
  const picture = frame + FRAME_HEADER;
  if (picture + CHUNK_HEADER + 5 > next) return true;
  const isWhole =
    u24le(bytes, frame + 6) === u24le(bytes, HEADER_AT + 4) &&
    u24le(bytes, frame + 9) === u24le(bytes, HEADER_AT + 7);
  if (!isWhole || hasText(bytes, picture, 'ALPH')) return true;
  return hasText(bytes, picture, 'VP8L') && (bytes[picture + CHUNK_HEADER + 4] & LOSSLESS_ALPHA) !== 0;
}

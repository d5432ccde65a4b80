import type { Orientation } from '../inspection.ts';
import { hasText, u16be, u16le, u32be, u32le } from './bytes.ts';

const TIFF_HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const TAG_ORIENTATION = 0x0112;
const TYPE_SHORT = 3;
const EXIF_PREFIX = 'Exif\0\0';

/**
 * The orientation in an EXIF block, which is a small TIFF file: byte order, 42, the offset of its first
 * directory, and in that directory tag 0x0112, a single SHORT from 1 to 8 (Exif 2.32, 4.6.4).
 *
 * Never throws, because a picture is not refused for a camera's broken metadata: whatever cannot be
 * read means upright, as it does in browsers. The work is bounded by the 65,535 entries a directory can have.
 *
 * @param bytes the whole file
 * @param start where the block starts; the "Exif\0\0" that JPEG requires, and some writers add elsewhere, may lead
 * @param end   where it ends; nothing at or past this offset is read
 * @returns 1 to 8; 1 for a missing or unreadable entry
 */
export function readExifOrientation(bytes: Uint8Array, start: number, end: number): Orientation {
  const tiff = hasText(bytes, start, EXIF_PREFIX) ? start + EXIF_PREFIX.length : start;
  if (tiff + TIFF_HEADER_BYTES > end) return 1;
  const little = hasText(bytes, tiff, 'II');
  if (!little && !hasText(bytes, tiff, 'MM')) return 1;
  const u16 = little ? u16le : u16be;
  const u32 = little ? u32le : u32be;
  if (u16(bytes, tiff + 2) !== 42) return 1;

  const directory = tiff + u32(bytes, tiff + 4);
  if (directory + 2 > end) return 1;
  const entries = Math.min(u16(bytes, directory), Math.floor((end - directory - 2) / ENTRY_BYTES));
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * ENTRY_BYTES;
    if (u16(bytes, entry) !== TAG_ORIENTATION) continue;
    const isSingleShort = u16(bytes, entry + 2) === TYPE_SHORT && u32(bytes, entry + 4) === 1;
    const value = u16(bytes, entry + 8);
    return isSingleShort && value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

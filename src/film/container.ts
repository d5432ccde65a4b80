/** What a file's first bytes say of a film. */

/** The readers of ffmpeg that are used, by its names: MP4 and QuickTime, WebM and Matroska, AVI. */
export type FilmReader = 'mov' | 'matroska' | 'avi';

/** How many bytes at the start of a file tell what it is. */
export const START_BYTES = 12;

/** Boxes that MP4 (ISO/IEC 14496-12) and, before it, QuickTime files begin with. */
const FIRST_BOXES: ReadonlySet<string> = new Set(['ftyp', 'moov', 'mdat', 'wide']);
/** Brands of the same container that are pictures: HEIC, AVIF and Canon's raw files. */
const PICTURE_BRANDS = /^(?:hei[cmsx]|hev[cmsx]|mif[12]|msf1|avi[fos]|crx )$/;
/** EBML's first element, which WebM and Matroska begin with. */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];

/** Endings of films, those included that are not read. */
const FILM_ENDINGS: ReadonlySet<string> = new Set(
  '3g2,3gp,asf,avi,flv,m2ts,m4v,mkv,mov,mp4,mpeg,mpg,mts,ogv,ts,webm,wmv'.split(','),
);

/**
 * Which reader a film needs; null for what is not a film. ffmpeg is told, and guesses nothing: what only calls itself a film may be a
 * list of addresses and files that ffmpeg would follow.
 */
export function filmReader(start: Uint8Array): FilmReader | null {
  const text = (from: number) => String.fromCharCode(...start.subarray(from, from + 4));
  if (FIRST_BOXES.has(text(4))) return text(4) === 'ftyp' && PICTURE_BRANDS.test(text(8)) ? null : 'mov';
  if (EBML.every((byte, at) => start[at] === byte)) return 'matroska';
  return text(0) === 'RIFF' && text(8) === 'AVI ' ? 'avi' : null;
}

/** Whether a file's name is that of a film. */
export function isFilmName(name: string): boolean {
  const [, ending = ''] = /\.([^.]+)$/.exec(name) ?? [];
  return FILM_ENDINGS.has(ending.toLowerCase());
}

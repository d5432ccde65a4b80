const COLOUR_SPACE_OFFSET = 16;
const HEADER_BYTES = 128;

/**
 * Whether a colour profile (ICC.1, 7.2 and 9.2.41) is one of the many copies of sRGB, going by the name it bears.
 * Converting from it changes nothing but rounding, yet takes longer than decoding the JPEG: 7 ms on top of 5, at
 * 1280 x 1280.
 */
export function isSrgbProfile(profile: Buffer): boolean {
  if (profile.toString('latin1', COLOUR_SPACE_OFFSET, COLOUR_SPACE_OFFSET + 4) !== 'RGB ') return false;
  // Version 2 names are ASCII, those of version 4 UTF-16; without its zeros the latter reads like the former.
  return profile.toString('latin1', HEADER_BYTES).replaceAll('\0', '').includes('sRGB');
}

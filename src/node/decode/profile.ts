const COLOUR_SPACE_OFFSET = 16;
const HEADER_BYTES = 128;

const NAMES = ['sRGB', 's\0R\0G\0B'];
/** Names the type of a tag that is a list of calculations (ICC.1:2022, 10.16). */
const PROCESSING_ELEMENTS = 'mpet';

/**
 * Whether a picture's colour profile is not applied: its colours are taken for sRGB.
 *
 * That is so for copies of sRGB; for what is too short to be a profile; and for one with processing elements, of which
 * there may be as many as the profile has bytes for, eight each. lcms does them all for 36,000 colours: an 80 kB
 * profile, 400 bytes in a PNG, takes 6 seconds. Browsers don't read them either.
 */
export function isPassedOver(profile: Buffer): boolean {
  return profile.length < HEADER_BYTES || isSrgbProfile(profile) || profile.includes(PROCESSING_ELEMENTS);
}

/**
 * Whether a colour profile (ICC.1, 7.2 and 9.2.41) is one of the many copies of sRGB, going by the name it bears.
 * Converting from it changes nothing but rounding, yet takes longer than decoding the JPEG: 7 ms on top of 5, at
 * 1280 x 1280.
 */
function isSrgbProfile(profile: Buffer): boolean {
  if (profile.toString('latin1', COLOUR_SPACE_OFFSET, COLOUR_SPACE_OFFSET + 4) !== 'RGB ') return false;
  // Version 2 names are ASCII, those of version 4 UTF-16.
  return NAMES.some((name) => profile.includes(name, HEADER_BYTES, 'latin1'));
}

/** What the page calls things. Tokens that are not listed appear as they are. */
import type { CheckReason, QualityPart } from '../../src/core/inspection.ts';
import { CATALOGUE, type ErrorCode } from '../../src/errors.ts';

/** Names of what is measured; the limit beside it says on which side the good is. */
const CHECKS: Readonly<Record<string, string>> = {
  face: 'Face',
  frontal: 'In profile',
  human: 'Human face',
  uncut: 'Cut by the frame',
  size: 'Face size',
  share: 'Face in frame',
  upright: 'Picture turned',
  roll: 'Head leaning',
  yaw: 'Head turned',
  pitch: 'Head tilted',
  visible: 'Face covered',
  eyes_visible: 'Eyes covered',
  inside: 'Outside the frame',
  detail: 'Detail',
  sharpness: 'Sharpness',
  brightness: 'Not too dark',
  exposure: 'Not too bright',
  contrast: 'Contrast',
  evenness: 'Even light',
  backlight: 'Backlight',
  count: 'Faces',
  mouth: 'Mouth open',
  eyes: 'Eyes open',
  whole: 'Bytes missing',
  pixels: 'Face width',
  height: 'Face height',
  eye_distance: 'Between the eyes',
  fill: 'Room around the face',
  hand: 'Hand at the face',
  hips: 'Hips in the picture',
  edge: 'Picture size',
  shape: 'Picture shape',
};

/** Names of what the quality is made of. */
export const QUALITY_WORDS: Readonly<Record<QualityPart, string>> = {
  human: 'Human',
  frontal: 'Facing the camera',
  clear: 'Nothing before it',
  whole: 'Whole in the frame',
  sharp: 'Sharp',
  large: 'Large enough',
  level: 'Level',
  eyes: 'Eyes open',
  mouth: 'Mouth closed',
  lit: 'Well lit',
  alone: 'No other face near',
};

const CHECK_REASONS: Readonly<Record<CheckReason, string>> = {
  'face.none': 'No human face',
  'face.small': 'Face too small',
  'face.profile': 'Head in profile',
  'face.tilted': 'Head tilted too far',
  'face.obstructed': 'Face covered',
  'face.cut_off': 'Face cut off',
  'face.turned': 'Picture turned',
  'face.blurred': 'Face blurred',
  'face.large': 'Face too large',
  'body.cut_off': 'Body cut off',
  'image.small': 'Picture too small',
  'image.shape': 'Wrong shape',
  'face.soft': 'Face a little blurred',
  'face.leaning': 'Head leans',
  'face.bright': 'Face too bright',
  'face.flat': 'Little contrast',
  'face.one_sided': 'Light from one side',
  'face.backlit': 'Light from behind',
  'face.dark': 'Face too dark',
  'face.several': 'Several faces',
  'face.mouth_open': 'Mouth open',
  'face.eyes_closed': 'Eyes closed',
  'image.repaired': 'End of file missing',
};

/** What only a client can see of a connection. */
type ConnectionCode = 'connection.lost' | 'connection.cut';

const FAILURES: Readonly<Partial<Record<ErrorCode | ConnectionCode, string>>> = {
  'image.bytes': 'File too large',
  'image.edge': 'Too many pixels',
  'image.aspect': 'Too narrow',
  'image.empty': 'Empty file',
  'image.unsupported': 'Not a supported picture',
  'image.corrupt': 'Damaged file',
  'image.too_complex': 'File too costly to read',
  'download.unreachable': 'Address not reachable',
  'download.http_status': 'Address shows no picture',
  'download.redirects': 'Too many redirects',
  'download.encoded': 'Compressed download',
  'download.cut_off': 'Download cut off',
  'download.timeout': 'Download too slow',
  'download.not_image': 'Not a picture, but a page',
  'download.too_large': 'File too large',
  'url.invalid': 'Not a web address',
  'key.missing': 'A key is needed',
  'key.invalid': 'This key does not work',
  'key.model': 'This key may not inspect pictures',
  'key.quota': 'The quota of this key is used up',
  'key.rate': 'Too many requests',
  'overload.queue': 'The service is busy',
  'deadline.passed': 'It took too long',
  'connection.lost': 'The service cannot be reached',
  'connection.cut': 'The connection broke',
};

/** The name of a check. */
export function checkWords(id: string): string {
  return CHECKS[id] ?? id;
}

/** A reason in two or three words. */
export function reasonWords(token: string): string {
  const words: Readonly<Record<string, string | undefined>> = { ...CHECK_REASONS, ...FAILURES };
  return words[token] ?? (isErrorCode(token) ? 'Not inspected' : token);
}

/** True for a token of the catalogue of errors. */
export function isErrorCode(token: string): token is ErrorCode {
  return Object.hasOwn(CATALOGUE, token);
}

/**
 * Faces that the labels call clear, or say nothing of, and that are not: seen when every clear face was looked at. The
 * manifest is not ours to change, and its verdict on all of these is `either`.
 */
import type { FaceRegion } from '../../src/core/inspection.ts';

/** What is hidden, by the picture's file: nothing else is known of these faces. */
export const HIDDEN: ReadonlyMap<string, readonly FaceRegion[]> = new Map([
  // Water up to the nose.
  ['cartoon/7746a3ddca0a.jpeg', ['mouth', 'chin']],
  // Hands at the mouth.
  ['pose/cc57b556bf66.jpg', ['mouth']],
  ['pose/bda243c0d240.jpg', ['mouth']],
  ['pose/fda270ca8fa8.jpg', ['mouth']],
  // Dark glasses.
  ['pose/94382ff46554.jpg', ['leftEye', 'rightEye']],
  // A slice of lemon, a drawn mask, a patch of cloth, a flute.
  ['pose/8979ef9ce295.jpg', ['mouth']],
  ['pose/ac0606ce410a.jpg', ['mouth']],
  ['pose/a20e7bcd5f1a.jpg', ['mouth']],
  ['pose/99cb7f2c5e59.jpg', ['mouth']],
  // Microphones.
  ['pose/555a9ab609f7.jpg', ['mouth']],
  ['pose/5535aba717a1.jpg', ['mouth']],
] satisfies readonly (readonly [string, readonly FaceRegion[]])[]);

/** Faces of which people would not agree whether they are clear: half in the dark, something small at the lips. */
export const UNSURE: ReadonlySet<string> = new Set([
  'cartoon/08772cb7deb2.png',
  'cartoon/b785626ee910.jpg',
  'cartoon/fab96b5e5358.png',
  'pose/00c63ccaa86b.jpg',
  'pose/259f44004fe6.jpg',
  'pose/2cd452ed9eea.jpg',
  'pose/3c8f2b0c4816.jpg',
  'pose/41e5cf369ee5.jpg',
  'pose/459df5c3989d.jpg',
  'pose/5829eb12c309.jpg',
  'pose/5d89da1bef26.jpg',
  'pose/659e50edc06d.jpg',
  'pose/6ed94c9171c4.jpg',
  'pose/74d1cfa2b402.jpg',
  'pose/89a583629dcb.jpg',
  'pose/923291949763.jpg',
  'pose/9d8d844322e1.jpg',
  'pose/ac3f75fd74c3.jpg',
  'pose/bda6afbbb583.jpg',
  'pose/be74d82ee181.jpg',
  'pose/e630112ef021.jpg',
  'pose/e6df4cc893c7.jpg',
  'pose/e6f47d24041a.jpg',
  'pose/e8c87d84e7a8.jpg',
  'pose/ec2a7d1711d6.jpg',
  'pose/f5953e9b2e82.jpg',
  'pose/fed9d8b89234.jpg',
]);

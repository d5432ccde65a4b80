/** What the page relies on in an inspection that was kept, maybe by an older page. */
import { BODY_POINTS, COVER_CLASSES, QUALITY_PARTS } from '../../../../src/core/inspection.ts';
import { type Form, finite, listOf, oneOf, orNull, recordOf, withEntries } from './forms.ts';

/** More faces, points and outlines than an inspection has. */
const MOST_FACES = 1_000;
const MESH = 468 * 3;
const MOST_OUTLINES = 8;
const OUTLINE = 48 * 2;

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'];
const SURFACE_REGIONS = [...REGIONS, 'leftCheek', 'rightCheek', 'forehead'];
const SURFACES = ['background', 'hair', 'skin', 'face', 'cloth', 'object'];
const LANDMARKS = ['rightEye', 'leftEye', 'nose', 'mouth', 'rightEar', 'leftEar'];

const point = recordOf(['x', 'y'], finite);
const box = recordOf(['x', 'y', 'width', 'height'], finite);
const face: Readonly<Record<string, Form>> = { box, score: finite, landmarks: recordOf(LANDMARKS, point) };

const subject = withEntries({
  ...face,
  ...Object.fromEntries(
    [
      'index',
      'faceFlag',
      'interEyeDistance',
      'workingWidth',
      'frameShare',
      'outside',
      'sharpness',
      'brightness',
      'contrast',
      'evenness',
      'surround',
      'mouthOpening',
      'eyeOpening',
    ].map((name) => [name, finite]),
  ),
  mesh: listOf(finite, MESH),
  pose: recordOf(['yaw', 'pitch', 'roll'], finite),
  heads: withEntries({
    ...Object.fromEntries(['human', 'yaw', 'cutOff', 'profile', 'obstructed'].map((name) => [name, finite])),
    covered: recordOf(REGIONS, finite),
  }),
  surface: recordOf(SURFACE_REGIONS, recordOf(SURFACES, finite)),
  cover: orNull(
    withEntries({
      class: oneOf(...COVER_CLASSES),
      regions: listOf(oneOf(...REGIONS), REGIONS.length),
      area: listOf(listOf(finite, OUTLINE), MOST_OUTLINES),
    }),
  ),
});

const image = withEntries({
  format: oneOf('jpeg', 'png', 'bmp', 'webp'),
  ...Object.fromEntries(
    ['width', 'height', 'orientation', 'bytes', 'uprightWidth', 'uprightHeight', 'missingBytes'].map(
      (name) => [name, finite],
    ),
  ),
});

const body = recordOf(BODY_POINTS, recordOf(['x', 'y', 'score'], finite));

/** An inspection, as far as it is measured; what was judged is judged anew. */
export const inspectionForm = withEntries({
  image,
  faces: listOf(withEntries(face), MOST_FACES),
  subject: orNull(subject),
  body: (value) => value === undefined || body(value),
  crop: orNull(withEntries({ center: point, size: finite, angle: finite })),
  quality: orNull(withEntries({ score: finite, parts: recordOf(QUALITY_PARTS, finite) })),
});

import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

/** D-ID, talks. */
export const dId: Preset = {
  name: 'd-id',
  title: 'D-ID talks',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
  },
  enforce: {},
  crop: {
    of: 'box',
    scale: 2.0,
    up: 0,
    size: null,
    url: 'https://docs.d-id.com/reference/talks-overview',
    says: 'We: the picture that it shows is about two widths of the face.',
  },
  unjudged: [
    'It takes JPEG and PNG of up to 10 MB.',
    'Its answers name source_pose, mouth_open and mask_confidence; by which rule it refuses is not published.',
  ],
};

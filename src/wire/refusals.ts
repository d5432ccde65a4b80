/** The vendor's texts for pictures that its detectors refuse; clients map them, its spelling mistakes included. */

/** Why a picture is refused, as the vendor says it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** All of them. Newer pages word some in another way; programs know these. */
export const REFUSALS = {
  noHuman: {
    code: 'InvalidFile.NoHuman',
    message: 'The input image has no human body. Please upload other image with single person.',
  },
  multiHuman: {
    code: 'InvalidFile.MultiHuman',
    message: 'The input image has multi human bodies. Please upload other image with single person.',
  },
  bodyProportion: {
    code: 'InvalidFile.BodyProportion',
    message:
      'The proportion of the detected person in the picture is too large or too small, please upload other image.',
  },
  facePose: {
    code: 'InvalidFile.FacePose',
    message:
      'The pose of the detected face is invalid, please upload other image with the expected oriention.',
  },
  /** EMO's text for the same code. */
  facePoseOfEmo: {
    code: 'InvalidFile.FacePose',
    message:
      'The pose of the detected face is invalid, please upload other image with whole face and expected orientation.',
  },
  frontBody: {
    code: 'InvalidFile.FrontBody',
    message: 'The pose of the detected person is invalid, please upload other image with the front view.',
  },
  bodyPose: {
    code: 'InvalidFile.BodyPose',
    message:
      'The pose of the detected person is invalid, please upload other image with whole body and expected orientation.',
  },
  /** Its full stop is the vendor's. */
  fullBody: {
    code: 'InvalidFile.FullBody',
    message:
      'The pose of the detected person is invalid, please upload other image with whole body, or change the ratio parameter to 1:1。',
  },
  fullFace: {
    code: 'InvalidFile.FullFace',
    message: 'The pose of the detected face is invalid, please upload other image with whole face.',
  },
  value: {
    code: 'InvalidFile.Value',
    message: 'The value of the image is invalid, please upload other clearer image.',
  },
} as const satisfies Record<string, Refusal>;

/** What the vendor's other models refuse before a picture is looked at. */
import type { CatalogueEntry } from './entry.ts';

export const SIBLING_ERRORS = {
  'ratio.value': {
    status: 400,
    code: 'InvalidParamter.OutOfDefinition',
    message: 'The type or value of ratio is out of definition.',
    when: '"parameters.ratio" is not a shape of this model.',
    advice: 'Send "1:1" (emo-detect-v1 also takes "3:4"), or leave it out.',
  },
  'file.resolution': {
    status: 400,
    code: 'InvalidFile.Resolution',
    message:
      'The image resolution is invalid, please make sure that the largest length of image is smaller than 7000, and the smallest length of image is larger than 400.',
    when: 'A side is under 400 or over 7000 pixels (emo-detect-v1, emoji-detect-v1, wan2.2-s2v-detect).',
    advice: 'Scale the picture, or use a larger one.',
  },
  'file.edges': {
    status: 400,
    code: 'InvalidFile.Resolution',
    message:
      'The image resolution is invalid, please make sure that the largest length of image is smaller than 4096, and the smallest length of image is larger than 224.',
    when: 'A side is under 224 or over 4096 pixels (animate-anyone-detect-gen2).',
    advice: 'Scale the picture, or use a larger one.',
  },
  'file.aspect': {
    status: 400,
    code: 'InvalidFile.AspectRatio',
    message: 'Invalid file ratio. The file aspect ratio (height/width) must be between 2.0 and 0.5.',
    when: 'The long side is more than twice the short side (animate-anyone-detect-gen2).',
    advice: 'Crop the picture around the person.',
  },
  'file.size': {
    status: 400,
    code: 'InvalidFile.Size',
    message: 'Invalid file size, The image file size must be smaller than 5MB.',
    when: 'The file has 5 MiB or more (animate-anyone-detect-gen2).',
    advice: 'Save the picture as a file of less than 5 MiB.',
  },
} as const satisfies Record<string, CatalogueEntry>;

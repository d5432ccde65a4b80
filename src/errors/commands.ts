/** Policies, options and files: mostly of the command line. */
import { type CatalogueEntry, FORMAT } from './entry.ts';

export const COMMAND_ERRORS = {
  'policy.invalid': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The policy is out of definition.',
    when: 'A policy override names a limit that does not exist, or gives it no usable value.',
    advice: 'See docs/policy.md for the names and ranges.',
  },
  'option.invalid': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'An option or environment variable has a value that cannot be used (start only, never a request).',
    advice: 'Add --help for what there is, or see docs/options.md.',
  },
  'file.unreadable': {
    ...FORMAT,
    when: 'A file on this machine cannot be opened or read (command line only).',
    advice: 'Check the path and its permissions.',
  },
  'file.unwritable': {
    ...FORMAT,
    when: 'A file on this machine cannot be written (command line only).',
    advice: 'Name another place, or check permissions and the space left.',
  },
  'resume.invalid': {
    ...FORMAT,
    when: 'A file to resume from holds something else than the rows of a run (command line only).',
    advice: 'Name the file that "check --resume" or "check --json -o" wrote, or remove it to begin anew.',
  },
  'fix.face': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The face parameter is out of definition.',
    when: 'A repair was asked to crop to a face that the picture does not have.',
    advice: 'Faces count from 1, the largest first; an inspection lists them.',
  },
  'film.no_ffmpeg': {
    ...FORMAT,
    when: 'Frames of a film were asked for, and no program ffmpeg is found on the PATH (command line only).',
    advice:
      'Install it ("apt install ffmpeg", "brew install ffmpeg", "winget install ffmpeg"), or give pictures in place of the film.',
  },
  'film.unsupported': {
    ...FORMAT,
    when: 'A file that is called like a film is none that is read: MP4, QuickTime, WebM, Matroska or AVI (command line only).',
    advice: 'Save it as an MP4 with H.264, and try again.',
  },
  'film.unreadable': {
    ...FORMAT,
    when: 'ffmpeg finds no frame in a film, within the limits on time and size (command line only).',
    advice: 'See whether a player shows it, and save it as an MP4 with H.264, no larger than 4K.',
  },
  'manifest.invalid': {
    ...FORMAT,
    when: 'A manifest of labelled pictures cannot be read (command line only).',
    advice: 'See docs/evaluate.md for the columns.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Policies, options and files: mostly of the command line. */
import { type CatalogueEntry, FORMAT } from './entry.ts';

export const COMMAND_ERRORS = {
  'policy.invalid': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The policy is out of definition.',
    when: 'A policy names a limit that does not exist, or gives a limit a value that it cannot have.',
    advice: 'See docs/policy.md for the limits, docs/presets.md for the generators.',
  },
  'option.invalid': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'An option or an environment variable has a value that cannot be used, or does not exist (never in a request).',
    advice: 'See --help or docs/options.md for what is possible.',
  },
  'call.invalid': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'A call names nothing to work on, or things that do not go together.',
    only: 'command line',
    advice: "See the command's --help, with calls to copy.",
  },
  'file.unreadable': {
    ...FORMAT,
    when: 'A file on this machine cannot be opened or read.',
    only: 'command line and browser',
    advice: 'Check the path and its permissions.',
  },
  'file.unwritable': {
    ...FORMAT,
    when: 'A file on this machine cannot be written.',
    only: 'command line',
    advice: 'Choose another path, or check the permissions and the free space.',
  },
  'resume.invalid': {
    ...FORMAT,
    when: 'The file to resume from does not hold the rows of an earlier run.',
    only: 'command line',
    advice: 'Name the file that "check --resume" or "check --json -o" wrote, or delete it to start again.',
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
    when: 'A film needs the program ffmpeg, which is not on the PATH.',
    only: 'command line',
    advice:
      'Install it ("apt install ffmpeg", "brew install ffmpeg", "winget install ffmpeg"), or give pictures instead of a film.',
  },
  'film.unsupported': {
    ...FORMAT,
    when: "The file has a film's name, but it is not an MP4, QuickTime, WebM, Matroska or AVI file.",
    only: 'command line',
    advice: 'Save it as an MP4 with H.264, and try again.',
  },
  'film.unreadable': {
    ...FORMAT,
    when: 'ffmpeg finds no frame in the film within the limits on time and size.',
    only: 'command line',
    advice: 'Check that a player can show it. Save it as an MP4 with H.264, at most 4K.',
  },
  'manifest.invalid': {
    ...FORMAT,
    when: 'A manifest of labelled pictures cannot be read.',
    only: 'command line',
    advice: 'See docs/evaluate.md for the columns.',
  },
} as const satisfies Record<string, CatalogueEntry>;

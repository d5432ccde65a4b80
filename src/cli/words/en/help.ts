import type { HelpWords } from '../help-words.ts';

/** The help in English. */
export const HELP: HelpWords = {
  program: 'Will this picture work as a talking portrait?',
  titles: {
    'Usage:': 'Usage:',
    'Arguments:': 'Arguments:',
    'Options:': 'Options:',
    'Global Options:': 'Global Options:',
    'Commands:': 'Commands:',
  },
  commands: {
    check: 'say which pictures will work, why the others will not, and what to do about it',
    best: 'say which of many pictures, or which frames of a film, are the best, and why',
    fix: 'repair pictures: say what was done, whether they pass now, and if not, why',
    evaluate: 'run a labelled set of pictures, and say how many were judged as expected',
    serve: 'run the HTTP service',
    worker: 'work on the jobs of a service, beside it or on another machine',
    submit: 'have a service inspect a list of addresses in the background',
    keys: 'make, list and revoke the API keys of the service',
    'keys create': 'make a key and show it, once; a running server knows it within a second',
    'keys list': 'list all keys, including revoked ones',
    'keys show': 'show all that is known of a key, and what was answered with it',
    'keys revoke': 'revoke a key for good; a running server refuses it within a second',
    mcp: 'serve agents over standard input and output (Model Context Protocol)',
    usage: 'show how many images were answered, by UTC day, key and verdict',
  },
  version: 'print the version, and what runs networks and decoding',
  showHelp: 'show this help',
  helpCommand: 'show the help of a command',
  lang: 'the language of what people read: en or zh-CN (default: that of LC_ALL, LC_MESSAGES or LANG)',
  more: '(add --help for the options)',
  pictures: 'files, folders, glob patterns, addresses, or - for one on standard input',
  picturesAndFilms: 'files, films, folders, glob patterns, addresses, or - for one on standard input',
  json: 'print NDJSON: one line per picture, with everything that was measured',
  csv: 'print CSV',
  format: 'how to print the results; --json and --csv are short for two of them',
  quiet: 'print no results and no summary, only errors; the exit code tells the rest',
  output: 'write the results to a file',
  resume: 'write NDJSON to this file; if a stopped run wrote it, continue where that run ended',
  sort: 'print the rows at the end, the best picture first',
  urls: 'a list of addresses, one per line; - is standard input',
  watch: 'keep watching a folder, and check pictures as they arrive',
  annotate: 'write each picture to a folder, with what was found drawn in',
  report: 'write a contact sheet: one HTML file with all pictures, grouped by reason',
  for: 'the generator that the pictures are for, such as hallo (see docs/presets.md)',
  forAll: (name) => `; ${name} prints a column for each generator`,
  policy: 'limits that differ from the defaults, as JSON (see docs/policy.md)',
  server: 'have a service inspect the pictures, and load no models here',
  key: (variable) => `an API key of that service (${variable})`,
  failFast: 'stop at the first picture that does not pass',
  jobs: 'pictures at a time (default: one more than there are cores)',
  top: (most) => `how many, 1 to ${most}`,
  bestOut: 'copy the best pictures to this folder; of a film, the frames as JPEG',
  bestJson: 'print NDJSON: one line for each of the best pictures, with everything that was measured',
  fixOutput: 'a file for one picture, a folder for several (default for one: beside it, as .fixed)',
  face: 'crop to this face, counted from 1, the largest first (check shows how many there are)',
  fixJson: 'print NDJSON: one line per picture, with what was done and the inspections',
  manifest:
    'tab-separated: file, expected (pass, fail, either), group, reason; the first line names the columns',
  evaluateJson: 'print JSON: the table and every misjudged picture',
  floor: 'end with exit code 1 if a share is below this file (see docs/evaluate.md)',
  evaluateReport: 'write one HTML file: rates, confusions, curves, and every misjudged picture',
  sweep: 'propose limits that refuse at most this share of usable pictures',
  by: 'the columns to count by (default: group, and kind if there is one)',
  list: 'a file with one address, or {"url": …, "id": …}, per line; - is standard input',
  jobServer: 'where the service is, for example http://localhost:8080',
  jobKey: (variable) => `an API key (${variable})`,
  jobOut: 'wait, and write the results to this file; run the same command again to continue',
  wait: 'wait, and print the results',
  webhook: 'an address that is called when the job ends',
  keyName: 'its name; unique among the keys that are not revoked',
  qps: 'requests per second',
  expires:
    'when it stops working: 90d or 12h from now, or a date such as 2027-01-31, 00:00 UTC (default: never)',
  quota: 'how many images it may ask for in total (default: no limit)',
  models: 'the models that it may use, separated by commas',
  secretStdin: 'read the key itself from standard input, to use one key here and elsewhere',
  printJson: 'print JSON',
  oneKey: 'its name, prefix or id',
  onlyKey: 'only this one: its name, prefix or id',
  since: 'from this UTC day on, such as 2026-01-31',
  usageCsv: 'print CSV: day, key id, key name, verdict, images',
  dataDir: (usual) => `where keys and usage are kept (LPD_DATA_DIR; default: ${usual})`,
  environmentOnly: 'By environment variable only:',
  defaultIs: (variable, value) => (value === null ? `(${variable})` : `(${variable}; default: ${value})`),
  afterCheck: `
Examples:
  liveportrait-detect check photos/                        one line per picture, with advice
  liveportrait-detect check --json photos/ > all.ndjson    everything that was measured
  liveportrait-detect check photos/ --report sheet.html    a contact sheet, grouped by reason

Exit code: 0 all pass, 1 one fails, 2 wrong call, 3 one could not be inspected.`,
  afterBest: `
Pictures that pass come first, then the quality decides (see docs/quality.md). Of a film (MP4, QuickTime, WebM, Matroska,
AVI), up to 240 frames are looked at, which needs ffmpeg. Only pictures that pass are copied to --out.

Exit code: 0 all that are shown pass, 1 one does not, 2 wrong call, 3 one could not be inspected, or ffmpeg is missing.`,
  afterFix: `
Rotates upright, crops, scales down, converts (GIF, TIFF, AVIF) and compresses, as far as needed. Nothing is enlarged, and no
face is altered. A picture is written only if it passes; one that passes already is copied as it is. With --for, it is cropped
and scaled as that generator wants it.

Exit code: 0 all pass now, 1 one cannot be repaired, 2 wrong call, 3 one could not be read or written.`,
  allowFolders: 'folders that pictures may be read from and written to',
  afterMcp: `
An agent starts it by itself: docs/mcp.md has the lines for its configuration. It has two tools, inspect_portrait and fix_portrait.
Without --allow, it reads from and writes to the folder that it is started in. Existing files are never overwritten.`,
  afterSubmit: `
Exit code: 0 sent, or all pass, 1 one fails, 2 wrong call, 3 one could not be inspected.`,
};

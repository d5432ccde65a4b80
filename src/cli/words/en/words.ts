import { numbersIn } from '../../../core/words/numbers.ts';
import type { CliWords } from '../words.ts';
import { HELP } from './help.ts';

const { number, percent, plural } = numbersIn('en-GB');

/** The command line in English. */
export const EN: CliWords = {
  help: HELP,
  options: null,
  check: {
    outcomes: { pass: 'pass ', fail: 'fail ', error: 'error' },
    file: 'file',
    summary: ({ pass, fail, error }, left) =>
      `${pass} pass, ${fail} fail, ${error} could not be inspected${left > 0 ? `, ${left} not looked at` : ''}`,
    again: (count, file) =>
      `${count} ${plural(count, 'picture', 'pictures')} could not be looked at this time. To try again, run the same command again: --resume ${file}`,
    stopped: (file) => `Stopped. To continue, run the same command again: --resume ${file}`,
    whichFace: (face, faces, { left, top, width, height }) =>
      `(LivePortrait takes face ${face} of ${faces}: ${width} x ${height} px at ${left}, ${top})`,
    generators: (taken, refused) => `pass: ${taken || 'none'}; fail: ${refused || 'none'}`,
    share: (name, taken, share) => `${name} ${taken} (${percent(share)})`,
    shares: (inspected, shares) => `Of ${inspected} inspected: ${shares.join(', ')}`,
  },
  best: {
    head: ['', 'quality', 'picture', 'verdict', 'weakest point'],
    pass: 'pass',
    nothing: 'none',
    frame: (film, seconds) => `${film} at ${seconds} s`,
    filmCut: (film) => `${film} is too long or too large. Its end was not looked at.`,
    summary: ({ pass, fail, error }, hasFace) =>
      `${pass + fail} looked at: ${pass} pass, ${fail} fail; ${error} could not be inspected${hasFace ? '' : '. None of them shows a face.'}`,
  },
  fix: {
    outcomes: { good: 'good  ', fixed: 'fixed ', failed: 'no fix', error: 'error ' },
    severalFaces: (faces) => `(${faces} faces: see --face)`,
    nothingToDo: 'Nothing to repair.',
    summary: ({ good, fixed, failed, error }) =>
      `${fixed} repaired, ${good} good as they are, ${failed} cannot be repaired, ${error} could not be read`,
  },
  evaluate: {
    head: [
      'GROUP',
      'EXPECTED',
      'REASON',
      'PICTURES',
      'PASSED',
      'FAILED',
      'UNREAD',
      'RIGHT',
      '95%',
      'TRUE REASON',
      'WHY',
    ],
    proposalHead: ['LIMIT', 'NOW', 'CATCHES', 'FALSE ALARMS', 'PROPOSED', 'CATCHES', 'FALSE ALARMS'],
    outcomes: { pass: 'pass', fail: 'fail', either: 'either', error: 'error' },
    expected: (outcome) => `expected ${outcome}`,
    got: (outcome) => `got ${outcome}`,
    trueReasons: (right, total, share) =>
      `${right} of ${total} rightly refused for the true reason (${share})`,
    misjudged: (count) => `${count} misjudged`,
    stopped: (done, total) => `Stopped after ${done} of ${total} pictures.`,
    unread: (count) => `${count} could not be inspected, and are not counted.`,
    held: 'held',
    below: 'BELOW',
    noneMatches: 'no picture matches',
    of: (total) => `of ${total}`,
    wanted: (share) => `${share} wanted`,
  },
  keys: {
    made: (name, id) =>
      `This is the key "${name}" (id ${id}). Only its digest is kept: it cannot be shown again.`,
    strangeModel: (name, names) =>
      `"${name}" is a model only where "serve --model-names" names it. There are: ${names}.`,
    adopted: (name, id) => `The key "${name}" (id ${id}) now works here too. Only its digest is kept.`,
    none: 'No key yet. Make one with "keys create --name <name>".',
    head: ['ID', 'NAME', 'KEY', 'QPS', 'QUOTA', 'MODELS', 'CREATED', 'EXPIRES', 'REVOKED'],
    labels: ['id', 'name', 'key', 'rate', 'quota', 'models', 'created', 'expires', 'revoked', 'answered'],
    unlimited: 'no limit',
    quota: (images, left) => `${images} ${plural(images, 'image', 'images')}, ${left} left`,
    rate: (qps) => `${qps} ${plural(qps, 'request', 'requests')} per second`,
    neverExpires: 'never',
    over: (at) => `${at} (expired)`,
    notRevoked: 'no',
    answered: ({ pass, fail }) =>
      `${pass + fail} ${plural(pass + fail, 'image', 'images')}: ${pass} pass, ${fail} fail`,
    revokedBefore: (name, id, at) => `The key "${name}" (id ${id}) was already revoked at ${at}.`,
    revoked: (name, id) => `The key "${name}" (id ${id}) is revoked.`,
    usageHead: ['DAY', 'NAME', 'ID', 'VERDICT', 'IMAGES'],
    images: (count) => `${count} ${plural(count, 'image', 'images')}`,
  },
  submit: {
    job: (id, items, secret) =>
      `Job ${id}: ${items} ${plural(items, 'item', 'items')}${secret === undefined ? '' : `; the webhook is signed with ${secret}`}`,
    where: (path) => `Progress: ${path}  Results: ${path}/results  (with the same key)`,
    stoppedWaiting: 'Stopped waiting; the job continues. With -o, the same command picks up its results.',
  },
  serve: {
    listens: (url) =>
      `liveportrait-detect listens on ${url}; the page is there, and the API is described at ${url}/docs`,
    bootstrapRevoked: 'The key in LPD_BOOTSTRAP_KEY was revoked. Set another one.',
    firstKey: (key) => `The first API key, which is shown only now: ${key}`,
    pageWithKey: 'The page with this key, which your browser keeps until the tab is closed:',
    notOpened: 'No browser could be opened. Open the address yourself.',
    tryIt: 'Try it with this picture or one of yours, or with the address of one:',
    moreKeys: (flag) => `For more keys: npx liveportrait-detect keys create --name <name>${flag}`,
    logLost: (why) => `The log on standard output is lost (${why}). The service continues.`,
  },
  run: {
    left: (seconds) => {
      if (seconds < 60) return `${Math.ceil(seconds)} s left`;
      return seconds < 3600 ? `${Math.ceil(seconds / 60)} min left` : `${(seconds / 3600).toFixed(1)} h left`;
    },
    folderGone: 'The current folder no longer exists. Change to another one.',
    outOfFiles:
      'No more files can be opened. Raise the limit: ulimit -n 1024 in a shell, LimitNOFILE in a systemd unit.',
    fault: 'This should not have happened. Please report it.',
    error: (when, advice, detail) => `${detail || when}\n${advice}`,
    noTls: 'what answers there does not speak TLS: http:// may be meant in place of https://',
    notNative: (parts) =>
      `Native code does not load here: ${parts.join(' and ')} ${parts.includes('networks') ? 'run' : 'runs'} in WebAssembly, which is slower (docs/engines.md).`,
    because: (told, reason) => `${told} (${reason})`,
    wholeNumber: (least, most) =>
      `Give a whole number from ${number(least)}${most === null ? ' on' : ` to ${number(most)}`}.`,
    number: 'Give a number.',
    percentage: 'Give a number from 0 to 100.',
    day: 'Give a day such as 2026-01-31.',
    usage: (english) => english,
  },
};

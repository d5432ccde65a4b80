import { wordsIn } from '../../../src/core/words/catalogue.ts';
import { numbersIn } from '../../../src/core/words/numbers.ts';
import { FAILURES_EN } from './en-failures.ts';
import { QUALITY_MEANINGS_EN } from './en-meanings.ts';
import type { PageWords, ToldFace } from './words.ts';

const NUMBERS = numbersIn('en-GB');
const { number, percent, degrees, plural, list } = NUMBERS;
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const STATUSES = { pass: 'within the limit', fail: 'beyond the limit', unknown: 'not known' } as const;

/** The page in English. */
export const EN: PageWords = {
  name: 'English',
  header: {
    tagline: 'Will this picture work as a talking portrait?',
    home: 'liveportrait-detect: back to the start',
    service: 'Service',
    language: 'Language',
    enterKey: 'Enter key',
    forgetKey: 'Forget key',
    forgetKeyHint: 'Remove the key from this browser',
  },
  intake: {
    label: 'Add pictures',
    choose: 'Choose pictures',
    address: 'Address of a picture',
    addressExample: 'https://… address of a picture',
    inspect: 'Check',
    badAddress: 'An address starts with http:// or https://.',
    noPictures: 'There are no pictures in what was dropped.',
    generator: 'For',
    generatorHint: 'What the pictures are for',
    called: (title) => title,
    hint: 'or drop or paste them anywhere',
    dropHere: 'Drop pictures, folders or an address',
  },
  start: {
    label: 'Start',
    title: 'Check a portrait before you animate it',
    text: 'Drop pictures here, or click to choose them. You see whether each one will work, why not, and what to do about it. The pictures are checked in this browser and are not sent anywhere.',
    examples: 'Or try an example',
    all: 'Try all of them',
    formats:
      'JPEG, PNG, WebP or BMP; less than 10 MB; no side over 4096 pixels; no side more than twice the other.',
    names: {
      'pass.jpg': 'From the front',
      'painting.jpg': 'Painting',
      'sketch.jpg': 'Sketch',
      'sculpture.jpg': 'Sculpture',
      'group.jpg': 'Two people',
      'profile.jpg': 'From the side',
      'obstructed.jpg': 'With a mask',
      'tilted.jpg': 'Looking down',
      'cut_off.jpg': 'Half a face',
      'small.jpg': 'Far away',
      'none.jpg': 'A cat',
    },
  },
  camera: {
    open: 'Use the camera',
    title: 'Take a picture',
    close: 'Close',
    privacy: 'What the camera sees stays in this browser.',
    notLoaded: 'The camera could not be loaded. Check your connection, and load this page again.',
  },
  key: {
    label: 'API key',
    remember: 'Keep it in this browser after the tab is closed',
    use: 'Use this key',
    trying: 'Trying…',
    notNow: 'Not now',
    own: 'Do you run this service yourself? Its first start printed a key. This makes another one, in the folder of the clone:',
  },
  status: {
    titled: (title) => `${title}:`,
    enterKey: 'Enter a key',
    tryAgain: 'Try again',
    allDone: (count) => `All ${number(count)} pictures are checked.`,
    progress: 'Pictures checked',
    ready: (ready, total) => `${number(ready)} of ${number(total)}`,
    pace: (perSecond, secondsLeft) =>
      `${oneDecimal.format(perSecond)} per second · about ${
        secondsLeft < 100 ? `${number(secondsLeft)} s` : `${number(secondsLeft / 60)} min`
      } left`,
    strangeLink:
      'The link has limits that this page cannot read, so the usual limits are used. Ask for the link again.',
    seen: 'OK',
  },
  verdict: {
    label: 'Verdict',
    standings: {
      pass: 'Passes',
      refused: 'Refused',
      failed: 'Not checked',
      waiting: 'Waiting',
      sending: 'Checking…',
    },
    byBrowser: 'Checked in this browser. Nothing was sent.',
    byService: 'Checked by the service.',
    request: 'request',
    passes: (generator, isSpotless) =>
      isSpotless
        ? `This picture should work with ${generator}. No check found a problem.`
        : `This picture should work with ${generator}.`,
    nearLimit: 'One result is close to its limit. Look at the picture yourself.',
    notes: 'Could be better',
    fix: 'Fix',
    fixing: 'Fixing…',
    cropTo: (face) => `Crop to face ${number(face)}`,
    save: 'Save the picture',
    notFixed: (advice) => `This cannot be fixed. ${advice}`,
    notFixedHere:
      'This browser cannot open the file. Open it in a picture editor and save it as a smaller JPEG.',
    noFix: 'Cropping or turning this picture cannot help, so there is nothing to fix.',
    fixSearches: 'A face that is far away may not be seen. Fix looks closer, and crops the picture to it.',
    onlyYourLimits:
      'Only the limits that you have moved refuse this picture. "Reset limits" takes them back.',
    passesYours: (reason) => `This picture passes your limits. The usual limits refuse it: ${reason}.`,
    otherFaces: 'To use another face, press it in the picture.',
    converted: (format) =>
      `LivePortrait takes no ${format} files. What is said here is about a JPEG that this browser has made of it: save and use that one.`,
  },
  checks: {
    title: 'Checks',
    yours: 'With your own limits',
    hint: 'Drag a limit to see what changes',
    reset: 'Reset limits',
    explain: 'Explain the checks',
    standing: (status, isUnsure) => `(${STATUSES[status]}${isUnsure ? '; not certain' : ''})`,
    unsureHint: 'Close to the limit. Look at the picture yourself.',
    enforce: 'must pass',
    enforced: 'must pass',
    unmeasured: (count) =>
      `${number(count)} ${plural(count, 'limit', 'limits')} of what could not be measured`,
    enforceLabel: (check) => `Refuse pictures for "${check}"`,
    limitOf: (check) => `Limit of "${check}"`,
    link: { copy: 'Copy link', copied: 'Link copied', selected: 'The link is in the address bar' },
    linkHint: 'A link to this page with the limits as they are now. No picture is in it.',
    bound: (good, limit) => `${good === 'atLeast' ? 'at least' : 'at most'} ${limit}`,
    meanings: wordsIn('en').meanings,
  },
  stage: {
    label: 'Picture',
    layersLabel: 'Layers',
    layers: { faces: 'Faces', points: 'Points', axes: 'Head axes', covered: 'Covered', crop: 'Crop' },
    notHere: 'The picture has not arrived yet.',
    notLoaded: 'The picture could not be loaded.',
    notShown: 'This browser cannot show this file.',
    taken: (face) => `${number(face)} · used`,
    crop: "LivePortrait's crop",
    seen: 'What LivePortrait sees',
    seenCanvas: 'The crop at 256 pixels',
    seenAt: (size, edge, zoom) =>
      `${number(size)} px of the picture at ${number(edge)} px${zoom >= 1.05 ? `, enlarged ${oneDecimal.format(zoom)} times` : ''}`,
    beforeLabel: 'Before it was fixed',
    before: 'Before',
    beforeAlt: (name) => `Before: ${name}`,
    done: 'What was done',
    noFace: 'No face was found in the picture.',
    savePng: 'Save as PNG',
    saveJson: 'Save as JSON',
    notSaved: 'This browser cannot show the file, so it cannot draw on it.',
    face: tellFace,
  },
  facts: {
    label: 'Numbers',
    file: 'File',
    turned: 'Turned by the camera',
    turnedBy: (orientation) =>
      orientation === 1 ? 'no' : `yes, and turned back (EXIF ${number(orientation)})`,
    faces: 'Faces',
    face: 'Face in the picture',
    faceWidth: (width, share) => `${number(width)} px wide, ${percent(share)} of the picture's long side`,
    eyes: 'Between the eyes',
    angles: 'Yaw, pitch, roll',
    cover: 'In front of the face',
    likely: 'Possibly covered',
    region: (region, probability) => `${region} ${percent(probability)}`,
    nothing: 'nothing',
    quality: (score) => `Quality ${oneDecimal.format(score)} of 100`,
    qualityMeanings: QUALITY_MEANINGS_EN,
  },
  table: {
    title: (count) => `${number(count)} ${plural(count, 'picture', 'pictures')}`,
    toList: (count) => `See all ${number(count)} pictures`,
    retry: (count) => `Try ${number(count)} again`,
    saveCsv: 'Save CSV',
    saveJson: 'Save JSON',
    savePassing: (count) => `Save ${number(count)} passing`,
    saveFixed: (count) => `Save ${number(count)} fixed`,
    zipHint: 'As one ZIP file',
    packed: {
      packing: 'Packing…',
      saved: 'Saved.',
      tooMany: 'One ZIP file holds at most 1,000 pictures and 1 GB. Remove some pictures and try again.',
      notLoaded: 'The part that packs could not be loaded. Check your connection and try again.',
      unreadable:
        'A picture cannot be read any more. Was its file moved or changed? Remove it and try again.',
    },
    forget: 'Forget all',
    forgetHint: 'Take all pictures off the page and out of this browser',
    kept: {
      all: 'These pictures are kept in this browser only, for 24 hours. "Forget all" removes them now.',
      some: 'This browser keeps only some of these pictures: the newest 200, and 200 MB, at most, for 24 hours. "Forget all" removes them now.',
      none: 'This browser keeps nothing. The pictures are gone when the page is closed.',
    },
    more: (count) => `Show ${number(count)} more`,
    thumbnail: 'Thumbnail',
    advice: 'What to do',
    columns: {
      name: 'Name',
      verdict: 'Verdict',
      reason: 'Reason',
      quality: 'Quality',
      faces: 'Faces',
      face: 'Face width',
    },
    remove: (name) => `Remove ${name}`,
    removeColumn: 'Remove',
    filter: 'Show by reason',
    all: 'All',
  },
  snippets: {
    title: 'The same request in code',
    language: 'Programming language',
    copy: 'Copy',
    copied: 'Copied',
    selected: 'Selected. Press Ctrl+C or ⌘C',
  },
  failures: FAILURES_EN,
  unopened: {
    title: (format) => `${format} picture`,
    what: (format) => `This is a ${format} picture, and this browser cannot open it.`,
    advice: 'Save it as JPEG and try again.',
    fix: '"Fix" sends it to the service, which makes a JPEG of it. Or save it as JPEG yourself and try again.',
    phones: 'iPhones: Settings, Camera, Formats, Most Compatible.',
  },
  value: tellValue,
  bytes: (bytes) =>
    bytes < 1024 * 1024
      ? `${number(Math.ceil(bytes / 1024))} KB`
      : `${oneDecimal.format(bytes / 1024 / 1024)} MB`,
  list,
};

function tellFace({ count, width, across, down, pose }: ToldFace): string {
  const faces = count === 1 ? 'One face' : `${number(count)} faces. The largest is`;
  // The middle of the middle has one word.
  const place =
    across === 1 && down === 1
      ? 'middle'
      : `${['top', 'middle', 'bottom'][down]} ${['left', 'centre', 'right'][across]}`;
  const side = `turned ${degrees(Math.abs(pose.yaw))} to the picture's ${pose.yaw < 0 ? 'left' : 'right'}`;
  const tilt = `looking ${degrees(Math.abs(pose.pitch))} ${pose.pitch < 0 ? 'down' : 'up'}`;
  return `${faces} ${number(width)} pixels wide in the ${place}, ${side}, ${tilt}.`;
}

function tellValue(value: number, unit: string): string {
  switch (unit) {
    case 'probability':
    case 'share':
    case 'luma':
      return percent(value);
    case 'degrees':
      return degrees(value);
    case 'px':
      return `${number(Math.floor(value))} px`;
    case 'faces':
      return number(value);
    case 'bytes':
      return `${number(value)} ${plural(value, 'byte', 'bytes')}`;
    default:
      return twoDecimals.format(value);
  }
}

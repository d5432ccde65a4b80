import { ERROR_TITLES } from '../../../src/core/words/error-titles.ts';
import type { FailureWords } from './failures.ts';

const TITLES = ERROR_TITLES.en;

const OWN_LIMIT = 'Ask the person who runs this service for another key.';

/** Failures, in English. */
export const FAILURES_EN: FailureWords = {
  'image.bytes': {
    title: TITLES['image.bytes'],
    what: 'The file has 10 MB or more.',
    advice: 'Save it as a smaller JPEG.',
  },
  'image.edge': {
    title: TITLES['image.edge'],
    what: 'The longest side has more than 4096 pixels.',
    advice: 'Scale the picture down.',
  },
  'image.aspect': {
    title: TITLES['image.aspect'],
    what: 'The long side is more than twice the short side.',
    advice: 'Crop the picture around the face.',
  },
  'image.empty': {
    title: TITLES['image.empty'],
    what: 'The file has no bytes.',
    advice: 'Choose another file.',
  },
  'image.unsupported': {
    title: TITLES['image.unsupported'],
    what: 'The file is not a JPEG, PNG, WebP or BMP picture.',
    advice: 'Convert the picture to JPEG.',
  },
  'image.corrupt': {
    title: TITLES['image.corrupt'],
    what: 'The file is damaged or incomplete.',
    advice: 'Open it in a picture editor and save it again.',
  },
  'image.too_complex': {
    title: TITLES['image.too_complex'],
    what: 'The file takes too much work to read.',
    advice: 'Open it in a picture editor and save it again as a plain JPEG.',
  },
  'file.unreadable': {
    title: 'The file cannot be read',
    what: 'It was moved, changed or deleted after it was chosen.',
    advice: 'Choose it again.',
  },
  'download.unreachable': {
    title: TITLES['download.unreachable'],
    what: 'There is no answer from this address, or this service may not load from it.',
    advice: 'Use a public address, or save the picture and drop the file here.',
  },
  'download.http_status': {
    title: TITLES['download.http_status'],
    what: 'The server refused to send the picture.',
    advice: 'Open the address in a private browser window. The picture must appear without a login.',
  },
  'download.redirects': {
    title: TITLES['download.redirects'],
    what: 'The address leads on to other addresses more than five times.',
    advice: 'Use the address that the picture ends up at.',
  },
  'download.encoded': {
    title: TITLES['download.encoded'],
    what: 'The server compressed the picture in a way that cannot be undone.',
    advice: 'Save the picture and drop the file here.',
  },
  'download.cut_off': {
    title: TITLES['download.cut_off'],
    what: 'The connection ended before the whole picture had arrived.',
    advice: 'Try again, or save the picture and drop the file here.',
  },
  'download.timeout': {
    title: TITLES['download.timeout'],
    what: 'The picture did not arrive in time.',
    advice: 'Try again, or save the picture and drop the file here.',
  },
  'download.not_image': {
    title: TITLES['download.not_image'],
    what: 'The address leads to a web page.',
    advice: 'Open the picture itself in your browser and copy that address.',
  },
  'download.too_large': {
    title: TITLES['download.too_large'],
    what: 'The file at this address has 10 MB or more.',
    advice: 'Save it as a smaller JPEG and drop the file here.',
  },
  'url.invalid': {
    title: TITLES['url.invalid'],
    what: 'This is not the address of a picture.',
    advice: 'Use an address that starts with http:// or https://.',
  },
  'key.missing': {
    title: TITLES['key.missing'],
    what: 'The service needs an API key to load addresses and to fix pictures. Your own files are checked in this browser without a key.',
    advice: 'Ask the person who runs this service for a key.',
  },
  'key.invalid': {
    title: TITLES['key.invalid'],
    what: 'The service does not know this key, or the key has been revoked.',
    advice: 'Check that you have copied all of it.',
  },
  'key.expired': {
    title: TITLES['key.expired'],
    what: 'This key was made for a limited time, which has passed.',
    advice: 'Ask the person who runs this service for a new one.',
  },
  'key.model': {
    title: TITLES['key.model'],
    what: 'This key may not be used to check pictures.',
    advice: OWN_LIMIT,
  },
  'key.quota': {
    title: TITLES['key.quota'],
    what: 'This key has been used for as many pictures as it allows.',
    advice: OWN_LIMIT,
  },
  'key.rate': {
    title: TITLES['key.rate'],
    what: 'This key sends requests faster than it may.',
    advice: 'Wait a second and try again.',
  },
  'overload.queue': {
    title: TITLES['overload.queue'],
    what: 'The service is working on other pictures.',
    advice: 'Try again in a moment.',
  },
  'deadline.passed': {
    title: TITLES['deadline.passed'],
    what: 'The service did not finish in time.',
    advice: 'Try again. If it happens again, use a smaller picture.',
  },
  'inspector.unavailable': {
    title: 'This browser cannot check pictures',
    what: 'A file that is needed could not be loaded, or the browser is too old.',
    advice: 'Check your connection and try again, or use a current browser.',
  },
  'connection.lost': {
    title: 'The service cannot be reached',
    what: 'The service does not answer.',
    advice: 'Check that you are online. Your pictures wait and continue by themselves.',
  },
  'connection.cut': {
    title: 'The connection broke',
    what: 'The connection broke while the picture was being sent.',
    advice: 'Try again. If it happens again, use a smaller file.',
  },
  'service.answer': {
    title: TITLES['service.answer'],
    what: 'The answer did not come from the service.',
    advice: 'Try again. If it happens again, tell the person who runs the service.',
  },
  other: {
    title: 'Not checked',
    what: 'Something went wrong.',
    advice: 'Try again. If it happens again, tell the person who runs the service.',
  },
};

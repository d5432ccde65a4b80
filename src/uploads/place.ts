/** Names: what clients call an upload, and where it lies. */
import { createHash } from 'node:crypto';
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';

/** First segment of every object's key, as the vendor's. */
const ROOT = 'dashscope-instant';
/** Longest key of an object in bytes of UTF-8, as in OSS. */
const MAX_KEY_BYTES = 1023;
/** What a picture's address begins with when it names an upload. */
const SCHEME = /^oss:\/\//i;
/** The root, the account, and at least two more segments. */
const KEY_SHAPE = new RegExp(`^${ROOT}/([0-9a-f]{16})/[^/]+/.+$`, 's');

/** Where an upload lies. Both parts are hexadecimal digits, so that no name of a caller's is ever a file's. */
export interface Place {
  /** Id of the API key that it belongs to, 16 digits. */
  readonly keyId: string;
  /** SHA-256 of the object's key, 64 digits. */
  readonly name: string;
}

/** Whether an address names an upload. */
export function isUploadAddress(address: string): boolean {
  return SCHEME.test(address);
}

/** The folder that one policy is for, without a slash at its end. @param unique tells it from all others */
export function folderOf(keyId: string, now: Date, unique: string): string {
  return `${ROOT}/${keyId}/${now.toISOString().slice(0, 'YYYY-MM-DD'.length)}/${unique}`;
}

/**
 * Where an object lies.
 *
 * @param objectKey as clients send it
 * @throws DetectError `upload.key` for a key that no policy was made for, is too long, or climbs out of its folder
 */
export function placeOf(objectKey: string): Place {
  if (Buffer.byteLength(objectKey) > MAX_KEY_BYTES) {
    throw new DetectError('upload.key', fill(REQUEST_DETAILS.longKey, { most: MAX_KEY_BYTES }));
  }
  const [, keyId] = KEY_SHAPE.exec(objectKey) ?? [];
  if (keyId === undefined || climbs(objectKey)) {
    throw new DetectError('upload.key', REQUEST_DETAILS.keyShape);
  }
  return { keyId, name: createHash('sha256').update(objectKey).digest('hex') };
}

/** The key of the object that an address names. */
export function objectKeyOf(address: string): string {
  return address.replace(SCHEME, '');
}

/** Whether a key has empty or dotted segments or control characters, written plainly or in percent. */
function climbs(objectKey: string): boolean {
  return [objectKey, decoded(objectKey)].some(
    (text) => /\p{Cc}/u.test(text) || text.split(/[/\\]/).some((segment) => /^\.{0,2}$/.test(segment)),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

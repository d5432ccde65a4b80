/** Pictures, as they are handed to a client. */

import { MAX_BYTES } from '../core/image/limits.ts';
import { CLIENT_DETAILS, CORE_DETAILS, fill } from '../errors.ts';
import { MOST_PICTURE_BODY } from '../wire/body-limit.ts';
import { ServiceError } from './error.ts';

/** The bytes of a picture's file; a browser's `File` is a `Blob`. */
export type PictureFile = Blob | ArrayBuffer | ArrayBufferView;
/** A picture: where it is (`https://…`, `oss://…`), or its file. */
export type Picture = string | URL | PictureFile;

/** An address as text; undefined for a file. */
export function addressOf(picture: Picture): string | undefined {
  if (typeof picture === 'string') return picture;
  return picture instanceof URL ? picture.href : undefined;
}

/**
 * A file, ready to be sent as often as need be.
 *
 * @param isToRepair its size may be what there is to repair
 * @throws ServiceError `image.unsupported` for anything but a file; `image.bytes`, `body.too_large` for one that the service
 *         would refuse after all of it was sent
 */
export function blobOf(picture: PictureFile, isToRepair = false): Blob {
  const blob = picture instanceof Blob ? picture : new Blob([copyOf(picture)]);
  const [code, most] = isToRepair
    ? (['body.too_large', MOST_PICTURE_BODY] as const)
    : (['image.bytes', MAX_BYTES] as const);
  if (blob.size < most) return blob;
  throw new ServiceError(code, fill(CORE_DETAILS.bytes, { length: blob.size, most }));
}

/** A copy: what changes afterwards, or is shared with other threads, is not sent. */
function copyOf(bytes: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(bytes)) {
    // By its name: a buffer may come from another realm, and be shared.
    if (!/^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(bytes))) {
      throw new ServiceError('image.unsupported', CLIENT_DETAILS.notPicture);
    }
    return new Uint8Array(bytes.slice(0));
  }
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return copy;
}

/** A data URI of base64 as a file; undefined for anything else. */
export function blobOfDataUri(text: string): Blob | undefined {
  const comma = text.indexOf(',');
  const [, type] = /^data:([\w.+/-]{1,100});base64$/.exec(text.slice(0, Math.max(0, comma))) ?? [];
  if (type === undefined) return undefined;
  try {
    const binary = atob(text.slice(comma + 1));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return new Blob([bytes], { type });
  } catch {
    return undefined;
  }
}

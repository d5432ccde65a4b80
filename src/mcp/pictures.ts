/** A picture as an agent names it: a file, an address, or its bytes. */
import { z } from 'zod';
import { MAX_BYTES } from '../core/image/limits.ts';
import { DetectError, REQUEST_DETAILS } from '../errors.ts';
import { decodeBase64 } from '../wire/base64.ts';
import type { Folders } from './folders.ts';

/** How a picture is named. */
export const PICTURE_INPUT = {
  path: z.string().optional().describe('Path of a file on this machine, within the allowed folders.'),
  url: z.string().optional().describe('Address of a picture on the internet, http:// or https://.'),
  data: z.string().optional().describe('The file itself: base64, or a data URI of it.'),
};

/** See {@link PICTURE_INPUT}. */
export type PictureInput = z.infer<z.ZodObject<typeof PICTURE_INPUT>>;

/** What reads pictures. */
export interface Sources {
  readonly folders: Folders;
  /** Reads a regular file of fewer bytes than that. @throws DetectError */
  readonly readFile: (path: string, maxBytes: number) => Promise<Uint8Array>;
  /** Downloads through the guard. @throws DetectError */
  readonly download: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
}

/**
 * Reads a picture.
 *
 * @throws DetectError `option.invalid` where not exactly one way is named; or of the file, the download, the base64
 */
export async function readInput(
  { path, url, data }: PictureInput,
  { folders, readFile, download }: Sources,
  signal: AbortSignal,
  maxBytes = MAX_BYTES,
): Promise<Uint8Array> {
  if ([path, url, data].filter((one) => one !== undefined).length !== 1) {
    throw new DetectError('body.invalid', REQUEST_DETAILS.onePicture);
  }
  if (url !== undefined) return await download(url, signal);
  if (data !== undefined) return await decodeBase64(Buffer.from(data), async () => undefined);
  return await readFile(await folders.forReading(path ?? ''), maxBytes);
}

/** Content codings of answers (RFC 9110, section 8.4): asked not to, some stores send what they have stored. */
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliDecompress,
  gunzip,
  inflate,
  inflateRaw,
  type ZlibOptions,
} from 'node:zlib';
import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';
import type { Head } from './exchange.ts';

/** A coding that can be undone. */
export type Coding = 'gzip' | 'deflate' | 'br';

/** Codings over one another. Twice happens, where a file was compressed before a server compressed it. */
const MOST_CODINGS = 2;
/** What is inflated at a time, in bytes: each piece is a trip to the thread pool. */
const CHUNK = 256 * 1024;

/** What stands in the header, and what it means; null for nothing. */
const CODINGS: Readonly<Record<string, Coding | null>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  identity: null,
  // How an upload was signed (Amazon S3): stores keep the header with the plain bytes.
  'aws-chunked': null,
};

/**
 * The codings of a body, in the order in which they were applied.
 *
 * @throws DetectError `download.encoded` for others, or too many
 */
export function codingsOf(head: Head): readonly Coding[] {
  const transfer = listOf(head.header('transfer-encoding'));
  if (transfer.length > 1 || (transfer[0] ?? 'chunked') !== 'chunked') throw encoded('Transfer-Encoding');
  const codings: Coding[] = [];
  for (const name of listOf(head.header('content-encoding'))) {
    const coding = Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined;
    if (coding === undefined) throw encoded('Content-Encoding');
    if (coding !== null) codings.push(coding);
  }
  if (codings.length > MOST_CODINGS) throw encoded('Content-Encoding');
  return codings;
}

/**
 * Undoes the codings, outside of this thread. No layer gives more than a picture may have, and none is longer than that
 * to begin with: a bomb is cut off there, however well it is packed.
 *
 * @param tooLarge the first size that is refused, in bytes
 * @throws DetectError `download.too_large`, `download.encoded`
 */
export async function undoCodings(
  bytes: Uint8Array<ArrayBuffer>,
  codings: readonly Coding[],
  tooLarge: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let plain = bytes;
  for (const coding of codings.toReversed()) plain = await undo(coding, plain, tooLarge);
  return plain;
}

async function undo(
  coding: Coding,
  bytes: Uint8Array<ArrayBuffer>,
  tooLarge: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length === 0) return bytes;
  // At least 1, which Node wants.
  const limits = { maxOutputLength: Math.max(1, tooLarge - 1), chunkSize: CHUNK };
  try {
    // In a buffer of its own: small ones come out of a pool.
    return new Uint8Array(await decompress(coding, bytes, limits));
  } catch (error) {
    if (error instanceof RangeError) {
      const detail = fill(DOWNLOAD_DETAILS.inflatedBytes, { most: tooLarge });
      throw new DetectError('download.too_large', detail);
    }
    throw new DetectError('download.encoded', fill(DOWNLOAD_DETAILS.notWhole, { coding }));
  }
}

function decompress(
  coding: Coding,
  bytes: Uint8Array,
  limits: ZlibOptions & BrotliOptions,
): Promise<Uint8Array> {
  if (coding === 'gzip') return promisify(gunzip)(bytes, limits);
  if (coding === 'br') return promisify(brotliDecompress)(bytes, limits);
  // The header of zlib (RFC 1950) begins with the method, 8; some servers leave it out.
  const isBare = (bytes[0]! & 0x0f) !== 8;
  return promisify(isBare ? inflateRaw : inflate)(bytes, limits);
}

function listOf(header: string | null): string[] {
  const names = header?.split(',').map((name) => name.trim().toLowerCase()) ?? [];
  return names.filter((name) => name !== '');
}

function encoded(header: string): DetectError {
  return new DetectError('download.encoded', fill(DOWNLOAD_DETAILS.encoded, { header }));
}

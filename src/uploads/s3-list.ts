/** A page of an S3 list, as `ListObjectsV2` answers it. */
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';

const ROOT = '<ListBucketResult';
const [ENTRY, ENTRY_END] = ['<Contents>', '</Contents>'];
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An object in a list. */
export interface S3Entry {
  readonly key: string;
  readonly bytes: number;
  /** ms since 1970; undefined where it is missing, or cannot be read: one such object is not to stop what others need. */
  readonly at: number | undefined;
}

/** A page, and how the next one is asked for. */
export interface S3Page {
  readonly entries: readonly S3Entry[];
  /** Undefined on the last page. */
  readonly token: string | undefined;
}

/**
 * Reads a page. What cannot be read is a failure, and never an empty list: by it, uploads are counted and removed. It takes
 * time by the page's length, whatever the page holds.
 *
 * @throws DetectError `upload.unavailable`
 */
export function readPage(xml: string): S3Page {
  if (!xml.includes(ROOT)) throw unreadable();
  const entries: S3Entry[] = [];
  for (let at = xml.indexOf(ENTRY); at !== -1; at = xml.indexOf(ENTRY, at)) {
    const end = xml.indexOf(ENTRY_END, at);
    if (end === -1) throw unreadable();
    entries.push(readEntry(xml.slice(at + ENTRY.length, end)));
    at = end + ENTRY_END.length;
  }
  if (elementOf(xml, 'IsTruncated') !== 'true') return { entries, token: undefined };
  const token = elementOf(xml, 'NextContinuationToken');
  if (!token) throw unreadable();
  return { entries, token };
}

/**
 * When an object was written.
 *
 * @param text as an element of a list or a header of an answer has it
 * @returns ms since 1970; undefined for all else
 */
export function timeOf(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function readEntry(text: string): S3Entry {
  const key = elementOf(text, 'Key');
  const bytes = elementOf(text, 'Size') ?? '';
  if (!key) throw flawed('Key');
  if (!/^\d{1,15}$/.test(bytes)) throw flawed('Size');
  return { key, bytes: Number(bytes), at: timeOf(elementOf(text, 'LastModified')) };
}

/** The text of an element of S3's XML, which has neither attributes nor elements of the same name within. */
function elementOf(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text?.replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

/** What is said of a list that cannot be read. */
export function unreadable(): DetectError {
  return new DetectError('upload.unavailable', SERVICE_DETAILS.s3List);
}

/** What is said of an object whose element is missing, or cannot be read. */
export function flawed(element: string): DetectError {
  return new DetectError('upload.unavailable', fill(SERVICE_DETAILS.s3Object, { element }));
}

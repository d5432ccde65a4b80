/** A list of `POST /v1/jobs`, as lines or as JSON, and the job that is made of it. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { presetOf } from '../../core/checks/presets.ts';
import { parseImageUrl } from '../../download/url.ts';
import { DetectError } from '../../errors.ts';
import type { Job, NewItem } from '../../jobs/job.ts';
import { readItems, toItems } from '../../jobs/lines.ts';
import type { JobStore } from '../../jobs/store.ts';
import { newWebhookSecret } from '../../jobs/webhook.ts';
import type { ApiKey } from '../../store/store.ts';
import { type JsonLimits, readJsonObject } from '../../wire/json.ts';
import { faultOfName, type MemberWords, strangeMemberOf } from '../../wire/strange-member.ts';

/** Longest list as one JSON document, in bytes; longer ones come as lines, which are not held in memory. */
export const JSON_BODY_LIMIT = 1024 * 1024;
/** That many addresses of a hundred bytes make up such a document, each an object with two members. */
const JSON_LIMITS: JsonLimits = { bytes: JSON_BODY_LIMIT, values: 3 * 10_000 };

/** The members of such a document, each with the words by which others call it. */
const MEMBERS: MemberWords = {
  urls: ['urls', 'url', 'items', 'images', 'addresses'],
  webhook: ['webhook', 'callback', 'hook'],
  for: ['for', 'preset', 'generator'],
};

/** A list, of whichever form. */
export interface ListBody {
  readonly items: AsyncIterable<readonly NewItem[]> | Iterable<readonly NewItem[]>;
  readonly webhook: string | undefined;
  /** The generator that the pictures are for. */
  readonly for: unknown;
  /** Reads what is left of a body that was refused, so that the answer gets through. */
  readonly drop: () => void;
}

/** Stores a list as it comes; a job either has all of its items, or is not there. */
export async function createJob(
  jobs: JobStore,
  key: ApiKey,
  { items, webhook: inBody, for: named }: ListBody,
  inQuery: { readonly webhook?: string; readonly for?: string },
): Promise<{ readonly job: Job; readonly secret: string | null }> {
  const id = randomUUID();
  const webhook = checkWebhook(inBody ?? inQuery.webhook);
  const generator = checkGenerator(named ?? inQuery.for);
  const secret = webhook === null ? null : newWebhookSecret();
  await jobs.create({ id, keyId: key.id, webhook, secret, generator });
  try {
    for await (const chunk of items) {
      await jobs.append(id, chunk);
      // The embedded store is done at once, and the next chunk may be here already: others have their turn first.
      await nextTurn();
    }
  } catch (error) {
    await jobs.discard(id);
    throw error;
  }
  await jobs.open(id);
  const job = await jobs.find(id, key.id);
  if (job === undefined) throw new DetectError('job.unknown');
  return { job, secret };
}

/** @throws DetectError `policy.invalid` */
function checkGenerator(name: unknown): string | null {
  return name === undefined || name === null ? null : presetOf(name).name;
}

function checkWebhook(url: string | undefined): string | null {
  if (url === undefined) return null;
  try {
    return parseImageUrl(url).href;
  } catch (cause) {
    throw new DetectError('job.webhook', undefined, { cause });
  }
}

/** A list of lines, read while it comes. @param raw the body as it is sent, which may be compressed */
export function readLines(body: Readable, raw: Readable): ListBody {
  // Left open when reading ends early: otherwise the connection would end before the answer is sent.
  const source = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const drop = () => {
    if (body !== raw) body.destroy();
    raw.resume();
  };
  return { items: readItems(source), webhook: undefined, for: undefined, drop };
}

/**
 * A list as a JSON document.
 *
 * @throws DetectError `body.invalid`, `body.too_large`, `job.size`, `job.line`, `job.webhook`
 */
export async function readJson(body: Buffer): Promise<ListBody> {
  const { value } = readJsonObject(body, JSON_LIMITS);
  // A webhook of another name would never be called, and nobody would know.
  const strange = strangeMemberOf(value, MEMBERS);
  if (strange !== undefined)
    throw new DetectError('body.invalid', await faultOfName(strange, value, MEMBERS));
  const { urls, webhook, for: generator } = value;
  if (webhook !== undefined && webhook !== null && typeof webhook !== 'string')
    throw new DetectError('job.webhook');
  return { items: toItems(urls), webhook: webhook ?? undefined, for: generator, drop: () => undefined };
}

/** What a key may look like: names, numbers and defaults, checked before any backend sees them. */
import { type Detail, DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import {
  digestOf,
  isWellFormed,
  newSecret,
  prefixOf,
  SECRET_MAX_LENGTH,
  SECRET_MIN_LENGTH,
} from './secret.ts';
import type { NewKey } from './store.ts';

/** Requests per second of a key that does not say otherwise: the vendor's documented rate. */
export const DEFAULT_QPS = 5;
/** Models of a key that does not say otherwise. */
export const DEFAULT_MODELS: readonly string[] = ['liveportrait-detect'];

const MAX_QPS = 100_000;
const MAX_MODELS = 16;
/** No comma, quote or leading sign, so that a name is itself in CSV, in a log and on a command line. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,63}$/u;
const MODEL = /^[\w.:/-]{1,64}$/;

/** What somebody asks of a new key; what is left out takes its default. */
export interface KeyRequest {
  readonly name: string;
  /** More than 0, at most 100,000; 5 by default. */
  readonly qps?: number;
  /** A whole number of images, 0 or more; null, the default, is without limit. */
  readonly quota?: number | null;
  /** 1 to 16 names; `liveportrait-detect` by default. */
  readonly models?: readonly string[];
  /** When it ends by itself, ISO 8601, UTC, as `expiryOf` gives it; null, the default, is never. */
  readonly expiresAt?: string | null;
}

/**
 * Checks a request and makes the plain key for it.
 *
 * @param secret the plain key, when it is given from outside; a random one when left out
 * @returns what a store takes, and the plain key, which is to be shown once and kept nowhere
 * @throws DetectError `key.input` that names the value at fault and what is allowed
 */
export function newKey(request: KeyRequest, secret: string = newSecret()): { key: NewKey; secret: string } {
  const { name, qps = DEFAULT_QPS, quota = null, models = DEFAULT_MODELS, expiresAt = null } = request;
  check(NAME.test(name), fill(SERVICE_DETAILS.keyName, { name: JSON.stringify(name) }));
  check(qps > 0 && qps <= MAX_QPS, fill(SERVICE_DETAILS.keyRate, { rate: qps, most: MAX_QPS }));
  check(
    quota === null || (Number.isSafeInteger(quota) && quota >= 0),
    fill(SERVICE_DETAILS.keyQuota, { quota: String(quota) }),
  );
  check(
    models.length >= 1 && models.length <= MAX_MODELS,
    fill(SERVICE_DETAILS.keyModels, { count: models.length, most: MAX_MODELS }),
  );
  for (const model of models)
    check(MODEL.test(model), fill(SERVICE_DETAILS.keyModel, { name: JSON.stringify(model) }));
  check(
    isWellFormed(secret),
    fill(SERVICE_DETAILS.keyLength, {
      length: secret.length,
      least: SECRET_MIN_LENGTH,
      most: SECRET_MAX_LENGTH,
    }),
  );
  return {
    key: { name, qps, quota, models, expiresAt, prefix: prefixOf(secret), digest: digestOf(secret) },
    secret,
  };
}

function check(holds: boolean, otherwise: Detail): void {
  if (!holds) throw new DetectError('key.input', otherwise);
}

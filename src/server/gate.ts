import type { FastifyRequest } from 'fastify';
import { DetectError } from '../errors.ts';
import type { KeyCache } from '../store/key-cache.ts';
import type { RateLimiter } from '../store/rate.ts';
import type { ApiKey, Store } from '../store/store.ts';
import { MODEL } from '../wire/request.ts';

/** An `onRequest` hook that throws a DetectError for whoever may not pass. */
export type Gate = (request: FastifyRequest) => Promise<void>;

/** What the gate asks. */
export interface GateDeps {
  readonly keys: KeyCache;
  readonly rates: RateLimiter;
  readonly store: Pick<Store, 'reserve'>;
}

/**
 * Rows 2 to 4 of the contract: the key, and whether it may use the model. Nothing is taken or set aside.
 *
 * @returns a hook that throws DetectError with the row's token
 */
export function createKeyGate({ keys }: Pick<GateDeps, 'keys'>): Gate {
  return async ({ headers, exchange }) => {
    const key = await findKey(headers.authorization, keys);
    exchange.key = key;
    if (!key.models.includes(MODEL)) throw new DetectError('key.model');
  };
}

/** Rows 2 and 3 of the contract: the key, whatever it may be used for. */
export function createAccountGate({ keys }: Pick<GateDeps, 'keys'>): Gate {
  return async ({ headers, exchange }) => {
    exchange.key = await findKey(headers.authorization, keys);
  };
}

/**
 * Rows 2 to 7 of the contract in their order, before a byte of the body is read: key, model, rate, quota, no
 * asynchronous call. Whoever passes has one image set aside.
 *
 * @param mayUse whether a key may use any model of the path; LivePortrait's if left out
 * @returns a hook that throws DetectError with the row's token
 */
export function createGate(
  { keys, rates, store }: GateDeps,
  mayUse: (key: ApiKey) => boolean = ({ models }) => models.includes(MODEL),
): Gate {
  return async ({ headers, exchange }) => {
    const key = await findKey(headers.authorization, keys);
    exchange.key = key;
    if (!mayUse(key)) throw new DetectError('key.model');
    if ((await rates.take(key.id, key.qps)) > 0) throw new DetectError('key.rate');
    const reservation = await store.reserve(key);
    if (reservation === undefined) throw new DetectError('key.quota');
    exchange.setAside(reservation);
    const asynchronous = headers['x-dashscope-async'];
    if (String(asynchronous).trim().toLowerCase() === 'enable') throw new DetectError('request.async');
  };
}

async function findKey(authorization: string | undefined, keys: KeyCache): Promise<ApiKey> {
  const text = authorization?.trim() ?? '';
  // "Bearer" with nothing behind it is how clients send an environment variable that is not set.
  if (text === '' || /^bearer$/i.test(text)) throw new DetectError('key.missing');
  const secret = /^bearer +(\S+)$/i.exec(text)?.[1];
  const key = secret === undefined ? undefined : await keys.find(secret);
  if (key === undefined) throw new DetectError('key.invalid');
  return key;
}

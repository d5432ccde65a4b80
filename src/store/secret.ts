/** Plain keys: how they are made, what they look like, and the digest that is kept of them. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
/** As much of a key as may be shown for good: of 64 random digits six may be lost. */
const PREFIX_LENGTH = 9;
/** A short key of somebody's own choosing shows no more than this share of itself. */
const PREFIX_SHARE = 4;

/** Fewest characters of a plain key. */
export const SECRET_MIN_LENGTH = 20;
/** Most characters of a plain key; what is longer is refused before anything is computed from it. */
export const SECRET_MAX_LENGTH = 200;

const WELL_FORMED = new RegExp(`^[\\x21-\\x7e]{${SECRET_MIN_LENGTH},${SECRET_MAX_LENGTH}}$`);

/** A new plain key: `sk-` and 32 random bytes as 64 hex digits, which survive every shell, URL and spreadsheet. */
export function newSecret(): string {
  return `sk-${randomBytes(SECRET_BYTES).toString('hex')}`;
}

/** What {@link newSecret} makes: such a key is good here and nowhere else. */
const OWN = new RegExp(`sk-[0-9a-f]{${2 * SECRET_BYTES}}(?![0-9a-f])`);

/** Whether a text holds what has the form of those that are made here. */
export function holdsOwnMake(text: string): boolean {
  return OWN.test(text);
}

/** Whether it can be a plain key at all: 20 to 200 visible ASCII characters. */
export function isWellFormed(secret: string): boolean {
  return WELL_FORMED.test(secret);
}

/** Fewest bits of a plain key that was made elsewhere, by the frequencies of its characters: 20 random hex digits have about 70. */
const SECRET_MIN_BITS = 60;
/** Words of those who wrote something to be replaced. */
const PLACEHOLDER = /your|example|secret|password|change.?me|placeholder|xxxx|1234567|abcdefg/i;

/**
 * Whether a plain key that was made elsewhere may have been made at random. The digest that is kept has no salt, so one that can
 * be guessed could be found from it.
 */
export function looksRandom(secret: string): boolean {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / secret.length), 0);
  return bits >= SECRET_MIN_BITS && !PLACEHOLDER.test(secret);
}

/**
 * SHA-256 of a plain key, 32 bytes. No salt and no slow hash: the keys are random, so there is no dictionary
 * to try, and one is looked up with every request.
 */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether two digests are the same, in a time that does not tell where they differ. */
export function sameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** The first characters of a plain key, to recognise it by. */
export function prefixOf(secret: string): string {
  return secret.slice(0, Math.min(PREFIX_LENGTH, Math.floor(secret.length / PREFIX_SHARE)));
}

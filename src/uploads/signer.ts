/** Leave to upload: given as a signed policy, as OSS has them, and checked when the form comes. Nothing is kept of it. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { folderOf, type Place, placeOf } from './place.ts';

/** How long a policy is good, in seconds, as the vendor's. */
const POLICY_SECONDS = 300;
/** Largest file in bytes: the contract's 10 MB, at which the picture itself is refused. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** An upload is its account's alone. */
const ACL = 'private';
/** What is there stays as it is. */
const FORBID_OVERWRITE = 'true';
const SECOND_MS = 1_000;

/** What a client needs to upload. */
export interface Grant {
  readonly policy: string;
  readonly signature: string;
  readonly folder: string;
  readonly accessKeyId: string;
  readonly acl: string;
  readonly forbidOverwrite: string;
  /** How long it is good, in seconds. */
  readonly seconds: number;
  /** Largest file in bytes. */
  readonly mostBytes: number;
}

/** What the form of a good upload says. */
export interface Slip {
  readonly place: Place;
  /** Largest file that the policy allows, in bytes. */
  readonly mostBytes: number;
}

/** A policy, as it is signed. */
interface Policy {
  readonly expiration: string;
  readonly conditions: readonly [
    ['content-length-range', number, number],
    ['starts-with', '$key', string],
    { readonly 'x-oss-object-acl': string },
    { readonly 'x-oss-forbid-overwrite': string },
  ];
}

/** Signs policies, and holds forms to them. */
export class Signer {
  readonly #key: Uint8Array;

  /** @param key 32 bytes that nobody else knows */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Leave to upload into a new folder of an account. */
  grant(keyId: string, now: Date): Grant {
    const folder = folderOf(keyId, now, randomUUID());
    const policy: Policy = {
      expiration: new Date(now.getTime() + POLICY_SECONDS * SECOND_MS).toISOString(),
      conditions: [
        ['content-length-range', 1, MAX_UPLOAD_BYTES],
        ['starts-with', '$key', `${folder}/`],
        { 'x-oss-object-acl': ACL },
        { 'x-oss-forbid-overwrite': FORBID_OVERWRITE },
      ],
    };
    const text = Buffer.from(JSON.stringify(policy)).toString('base64');
    return {
      policy: text,
      signature: this.#sign(text).toString('base64'),
      folder,
      accessKeyId: keyId,
      acl: ACL,
      forbidOverwrite: FORBID_OVERWRITE,
      seconds: POLICY_SECONDS,
      mostBytes: MAX_UPLOAD_BYTES,
    };
  }

  /**
   * Holds the fields of a form to its policy.
   *
   * @throws DetectError `upload.signature`, `upload.expired`, `upload.policy`, `upload.key`
   */
  check(fields: ReadonlyMap<string, string>, now: Date): Slip {
    const text = fields.get('policy') ?? '';
    if (!isSame(this.#sign(text), Buffer.from(fields.get('Signature') ?? '', 'base64'))) {
      throw new DetectError('upload.signature');
    }
    // Nobody but this service can have written what is signed.
    const { expiration, conditions } = JSON.parse(Buffer.from(text, 'base64').toString()) as Policy;
    const [[, , mostBytes], [, , folder], acl, forbidOverwrite] = conditions;
    if (Date.parse(expiration) <= now.getTime()) throw new DetectError('upload.expired');
    for (const [name, value] of Object.entries({ ...acl, ...forbidOverwrite })) {
      if (fields.get(name) !== value) {
        throw new DetectError('upload.policy', fill(REQUEST_DETAILS.policyField, { name, value }));
      }
    }
    const objectKey = fields.get('key') ?? '';
    if (!objectKey.startsWith(folder)) {
      throw new DetectError('upload.policy', REQUEST_DETAILS.policyKey);
    }
    const place = placeOf(objectKey);
    if (fields.get('OSSAccessKeyId') !== place.keyId) throw new DetectError('upload.signature');
    return { place, mostBytes };
  }

  #sign(policy: string): Buffer {
    return createHmac('sha256', this.#key).update(policy).digest();
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** The API key, and the wish for one. */
import { type Signal, signal } from '@preact/signals';
import { tryKey } from '../api/client.ts';
import { type Problem, problem } from '../api/problem.ts';
import { storageOf } from './storage.ts';

/** The name under which browsers keep it. */
const STORED_AS = 'liveportrait-detect.key';

/** Header values hold visible ASCII only; anything else would not even be sent. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** Where the key lives. */
export interface KeyHolder {
  /** Empty without one. */
  readonly value: Signal<string>;
  /** Why a key is asked for; null while nobody asks. */
  readonly wanted: Signal<Problem | null>;
  /** Whether it is kept when the browser closes. */
  readonly remembered: Signal<boolean>;
  /** Tries a key and, if the service takes it, keeps it. */
  offer(key: string, remember: boolean): Promise<Problem | null>;
  /** Takes a key that came with the page's address; asks for another one where the service refuses it. */
  take(key: string): Promise<void>;
  /** Forgets it everywhere. */
  forget(): void;
}

/** A holder that starts with what this browser has kept. */
export function createKeyHolder(): KeyHolder {
  const lasting = storageOf('localStorage');
  const passing = storageOf('sessionStorage');
  const kept = lasting?.getItem(STORED_AS) ?? '';
  const value = signal(kept || (passing?.getItem(STORED_AS) ?? ''));
  const wanted = signal<Problem | null>(null);
  const remembered = signal(kept !== '');
  const forget = () => {
    for (const storage of [lasting, passing]) storage?.removeItem(STORED_AS);
    value.value = '';
    remembered.value = false;
  };
  const holder: KeyHolder = {
    value,
    wanted,
    remembered,
    forget,
    async take(key) {
      const refusal = await holder.offer(key, false);
      if (refusal !== null) wanted.value = refusal;
    },
    async offer(key, remember) {
      const refusal = SENDABLE.test(key) ? await tryKey(key) : problem('key.invalid');
      if (refusal !== null) return refusal;
      forget();
      (remember ? lasting : passing)?.setItem(STORED_AS, key);
      value.value = key;
      remembered.value = remember;
      wanted.value = null;
      return null;
    },
  };
  return holder;
}

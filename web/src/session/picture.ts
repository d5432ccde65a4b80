/** One picture of the page, with what has become of it. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Judgement, judge } from '../../../src/core/checks/judge.ts';
import type { Policy } from '../../../src/core/checks/policy.ts';
import type { Inspection } from '../../../src/core/inspection.ts';
import type { Source } from '../api/client.ts';
import { isAboutPicture, type Problem } from '../api/problem.ts';
import type { Spoken } from '../words/catalogue.ts';

/** Who has judged a picture: this browser, without sending it anywhere, or the service. */
export type Judge = 'browser' | 'service';

/** How far a picture has come. */
export type Progress =
  | { readonly at: 'waiting' }
  | { readonly at: 'sending' }
  | { readonly at: 'inspected'; readonly inspection: Inspection; readonly by: Judge }
  | { readonly at: 'failed'; readonly problem: Problem };

/** What the page says of a picture, in a word. */
export type Standing = 'waiting' | 'sending' | 'pass' | 'refused' | 'failed';

/** True while there is no outcome. */
export function isOpen(standing: Standing): boolean {
  return standing === 'waiting' || standing === 'sending';
}

/** A picture on its way in. */
export interface Newcomer {
  readonly name: string;
  readonly source: Source;
  readonly repaired?: Repaired;
  /** What it was called when it was kept; a new name if left out. */
  readonly key?: string;
}

/** How a picture was made from another. */
export interface Repaired {
  readonly from: Picture;
  /** What was done, a sentence each. */
  readonly steps: readonly string[];
}

/** How a repair of a picture stands. */
export interface RepairState {
  readonly isBusy: boolean;
  /** Why the last one came to nothing; empty otherwise. */
  readonly trouble: string;
  /** The limits, as a link has them, for which nothing can be repaired; null where that is not known. */
  readonly vainFor: string | null;
}

/** A file that was made of another, so that it can be looked at. */
export interface Conversion {
  readonly file: Blob;
  /** What the given file is, such as HEIC. */
  readonly format: string;
}

/** A picture. */
export interface Picture {
  readonly id: number;
  /** Its name among all pictures of this browser. */
  readonly key: string;
  readonly name: string;
  readonly source: Source;
  /** What this browser has made of a file that LivePortrait does not take; everything else is about that. Null for none. */
  readonly converted: Signal<Conversion | null>;
  /** Where it comes from, if it was repaired. */
  readonly repaired: Repaired | null;
  /** How a repair of it stands. */
  readonly repair: Signal<RepairState>;
  readonly progress: Signal<Progress>;
  /** What can be shown: the file, or what the service has loaded from the address. */
  readonly shown: Signal<Blob | null>;
  /** Address of a small copy in memory. */
  readonly thumbnail: Signal<string | null>;
  /** The verdict by the limits as they are now; null without an inspection. */
  readonly judgement: ReadonlySignal<Judgement | null>;
  readonly standing: ReadonlySignal<Standing>;
  /** The token of what is wrong; null for a pass, and while it waits. */
  readonly reason: ReadonlySignal<string | null>;
  /** True once it has been taken off the page. */
  readonly gone: Signal<boolean>;
}

/** A picture that waits. */
export function createPicture(
  id: number,
  { name, source, repaired, key = randomKey() }: Newcomer,
  policy: ReadonlySignal<Policy>,
  spoken: ReadonlySignal<Spoken>,
): Picture {
  const progress = signal<Progress>({ at: 'waiting' });
  const judgement = computed(() => {
    const now = progress.value;
    return now.at === 'inspected' ? judge(now.inspection, policy.value, spoken.value.core) : null;
  });
  return {
    id,
    key,
    name,
    source,
    converted: signal(null),
    repaired: repaired ?? null,
    repair: signal({ isBusy: false, trouble: '', vainFor: null }),
    progress,
    judgement,
    shown: signal(source.kind === 'file' ? source.file : null),
    thumbnail: signal(null),
    gone: signal(false),
    standing: computed(() => {
      const now = progress.value;
      if (now.at === 'inspected') return judgement.value?.pass ? 'pass' : 'refused';
      if (now.at === 'failed') return isAboutPicture(now.problem) ? 'refused' : 'failed';
      return now.at;
    }),
    reason: computed(() => {
      const now = progress.value;
      return now.at === 'failed' ? now.problem.code : (judgement.value?.reason ?? null);
    }),
  };
}

/** The file that a picture is about; null where it lies at an address. */
export function fileOf({ source, converted }: Picture): Blob | null {
  return converted.value?.file ?? (source.kind === 'file' ? source.file : null);
}

/** What a request about a picture has to hand over. */
export function sourceOf(picture: Picture): Source {
  const file = fileOf(picture);
  return file === null ? picture.source : { kind: 'file', file };
}

/** The name that a picture's file is saved under: a converted one is a JPEG. */
export function fileNameOf({ name, converted }: Picture): string {
  return converted.value === null ? name : `${name.replace(/\.\w+$/, '')}.jpg`;
}

/** 16 random hexadecimal digits; browsers have `randomUUID` only over HTTPS. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a language has to say on the command line: a catalogue that lacks an entry does not compile. */
import type { Expectation } from '../../evaluation/manifest.ts';
import type { Judged } from '../../evaluation/tally.ts';
import type { Engines } from '../../node/engine.ts';
import type { OptionName } from '../../server/options.ts';
import type { HelpWords } from './help-words.ts';

/** How many pictures passed, failed, or could not be inspected. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
}

/** What became of a picture; padded to one width, since more stands behind it. */
type Outcomes<Name extends string> = Readonly<Record<Name, string>>;

/** What `check` says. */
export interface CheckWords {
  readonly outcomes: Outcomes<'pass' | 'fail' | 'error'>;
  /** The head of the column with the files. */
  readonly file: string;
  /** @param left how many were not looked at */
  readonly summary: (counts: Counts, left: number) => string;
  readonly stopped: (file: string) => string;
  /** Pictures that could not be looked at for a reason that may be gone the next time. */
  readonly again: (count: number, file: string) => string;
  /** Which face LivePortrait takes, from 1, and where it is, in pixels. */
  readonly whichFace: (face: number, faces: number, at: FaceBox) => string;
  /** Which generators take a picture, and which do not. */
  readonly generators: (taken: string, refused: string) => string;
  /** @param shares each generator, with how many of the pictures it takes */
  readonly share: (name: string, taken: number, share: number) => string;
  readonly shares: (inspected: number, shares: readonly string[]) => string;
}

/** A box in whole pixels. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What `best` says. */
export interface BestWords {
  readonly head: readonly [string, string, string, string, string];
  readonly pass: string;
  /** Where nothing takes anything from the score. */
  readonly nothing: string;
  readonly frame: (film: string, seconds: string) => string;
  readonly filmCut: (film: string) => string;
  /** @param hasFace whether any picture has a face */
  readonly summary: (counts: Counts, hasFace: boolean) => string;
}

/** What `fix` says. */
export interface FixWords {
  readonly outcomes: Outcomes<'good' | 'fixed' | 'failed' | 'error'>;
  readonly severalFaces: (faces: number) => string;
  readonly nothingToDo: string;
  readonly summary: (counts: Readonly<Record<'good' | 'fixed' | 'failed' | 'error', number>>) => string;
}

/** What `evaluate` says. */
export interface EvaluateWords {
  readonly head: readonly string[];
  readonly proposalHead: readonly string[];
  /** What a picture should be judged as, and what it was, in a word each. */
  readonly outcomes: Readonly<Record<Expectation | Judged['outcome'], string>>;
  readonly expected: (outcome: string) => string;
  readonly got: (outcome: string) => string;
  readonly trueReasons: (right: number, total: number, share: string) => string;
  readonly misjudged: (count: number) => string;
  readonly stopped: (done: number, total: number) => string;
  readonly unread: (count: number) => string;
  readonly held: string;
  readonly below: string;
  readonly of: (total: number) => string;
  /** In place of that, where no picture has the words that a floor names. */
  readonly noneMatches: string;
  readonly wanted: (share: string) => string;
}

/** What `keys` and `usage` say. */
export interface KeyWords {
  readonly made: (name: string, id: string) => string;
  /** Of a model that a key is for. @param names of those that are served under names of their own */
  readonly strangeModel: (name: string, names: string) => string;
  /** Where the key was made elsewhere. */
  readonly adopted: (name: string, id: string) => string;
  readonly none: string;
  readonly head: readonly string[];
  /** Names of what is known of a key, in the order in which `keys show` has them. */
  readonly labels: readonly string[];
  readonly unlimited: string;
  readonly quota: (images: number, left: number) => string;
  readonly rate: (qps: number) => string;
  readonly neverExpires: string;
  /** Of a key whose end has passed. */
  readonly over: (at: string) => string;
  readonly notRevoked: string;
  readonly answered: (counts: Omit<Counts, 'error'>) => string;
  readonly revokedBefore: (name: string, id: string, at: string) => string;
  readonly revoked: (name: string, id: string) => string;
  readonly usageHead: readonly string[];
  readonly images: (count: number) => string;
}

/** What `submit` says. */
export interface SubmitWords {
  /** @param secret what the webhook is signed with; undefined without one */
  readonly job: (id: string, items: number, secret: string | undefined) => string;
  readonly where: (path: string) => string;
  readonly stoppedWaiting: string;
}

/** What `serve` says. */
export interface ServeWords {
  readonly listens: (url: string) => string;
  readonly bootstrapRevoked: string;
  readonly firstKey: (key: string) => string;
  readonly pageWithKey: string;
  readonly notOpened: string;
  readonly tryIt: string;
  /** @param flag what the command needs to find the store, with a blank before it; often nothing */
  readonly moreKeys: (flag: string) => string;
  readonly logLost: (why: string) => string;
}

/** What is said of a run and its faults. */
export interface RunWords {
  /** How long a run still takes: "4 s left". @param seconds 0 or more */
  readonly left: (seconds: number) => string;
  readonly folderGone: string;
  readonly outOfFiles: string;
  readonly fault: string;
  /** What is wrong, when it happens and what to do. @param detail what the error itself says; empty where it says no more */
  readonly error: (when: string, advice: string, detail: string) => string;
  /** A reason: what was called with https:// answers without TLS. */
  readonly noTls: string;
  /** Some parts of the inspection run in WebAssembly, since native code does not load. */
  readonly notNative: (parts: readonly (keyof Engines)[]) => string;
  /** What is told, with the system's own reason behind it. */
  readonly because: (told: string, reason: string) => string;
  readonly wholeNumber: (least: number, most: number | null) => string;
  readonly number: string;
  readonly percentage: string;
  readonly day: string;
  /** What is wrong with a call, as the parser of the command line says it in English. */
  readonly usage: (english: string) => string;
}

/** What each option of the service decides. */
export type OptionWords = Readonly<Record<OptionName, string>>;

/** All words of the command line. */
export interface CliWords {
  readonly help: HelpWords;
  /** Null where they are as they are declared (`src/server/options.ts`), which few commands load. */
  readonly options: OptionWords | null;
  readonly check: CheckWords;
  readonly best: BestWords;
  readonly fix: FixWords;
  readonly evaluate: EvaluateWords;
  readonly keys: KeyWords;
  readonly submit: SubmitWords;
  readonly serve: ServeWords;
  readonly run: RunWords;
}

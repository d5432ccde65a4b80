/** What the page says in words of its own: a language that lacks an entry does not compile. */
import type { Pose, QualityPart } from '../../../src/core/inspection.ts';
import type { CheckId } from '../../../src/core/words/words.ts';
import type { Packed } from '../export/zip.ts';
import type { ExampleName } from '../intake/examples.ts';
import type { Keeping } from '../session/kept/keeper.ts';
import type { Standing } from '../session/picture.ts';
import type { LayerName } from '../stage/layers.tsx';
import type { Said } from '../ui/copy.ts';
import type { FailureWords } from './failures.ts';

/** What a sort goes by. */
export type Column = 'name' | 'verdict' | 'reason' | 'quality' | 'faces' | 'face';

/** Where a face is told to be: thirds of the picture, 0 to 2, from the left and from the top. */
export interface ToldFace {
  readonly count: number;
  readonly width: number;
  readonly across: 0 | 1 | 2;
  readonly down: 0 | 1 | 2;
  readonly pose: Pose;
}

/** All words of the page. */
export interface PageWords {
  /** The language's own name for itself. */
  readonly name: string;
  readonly header: {
    readonly tagline: string;
    readonly home: string;
    readonly service: string;
    readonly language: string;
    readonly enterKey: string;
    readonly forgetKey: string;
    readonly forgetKeyHint: string;
  };
  readonly intake: {
    readonly label: string;
    readonly choose: string;
    readonly address: string;
    readonly addressExample: string;
    readonly inspect: string;
    readonly badAddress: string;
    /** Of a drop that has neither pictures nor addresses in it. */
    readonly noPictures: string;
    readonly generator: string;
    readonly generatorHint: string;
    /** @param title of its preset */
    readonly called: (title: string) => string;
    readonly hint: string;
    readonly dropHere: string;
  };
  readonly start: {
    readonly label: string;
    readonly title: string;
    readonly text: string;
    readonly examples: string;
    readonly all: string;
    readonly formats: string;
    readonly names: Readonly<Record<ExampleName, string>>;
  };
  readonly camera: {
    readonly open: string;
    readonly title: string;
    readonly close: string;
    readonly privacy: string;
    readonly notLoaded: string;
  };
  readonly key: {
    readonly label: string;
    readonly remember: string;
    readonly use: string;
    readonly trying: string;
    readonly notNow: string;
    /** For whoever runs the service: where keys come from; the command that makes one stands behind it. */
    readonly own: string;
  };
  readonly status: {
    /** What comes before a sentence on the same line. */
    readonly titled: (title: string) => string;
    readonly enterKey: string;
    readonly tryAgain: string;
    readonly allDone: (count: number) => string;
    readonly progress: string;
    readonly ready: (ready: number, total: number) => string;
    readonly pace: (perSecond: number, secondsLeft: number) => string;
    readonly strangeLink: string;
    readonly seen: string;
  };
  readonly verdict: {
    readonly label: string;
    readonly standings: Readonly<Record<Standing, string>>;
    readonly byBrowser: string;
    readonly byService: string;
    readonly request: string;
    /** @param isSpotless every check is within its limit */
    readonly passes: (generator: string, isSpotless: boolean) => string;
    readonly nearLimit: string;
    readonly notes: string;
    readonly fix: string;
    readonly fixing: string;
    readonly cropTo: (face: number) => string;
    readonly save: string;
    readonly notFixed: (advice: string) => string;
    readonly notFixedHere: string;
    readonly noFix: string;
    readonly fixSearches: string;
    readonly onlyYourLimits: string;
    /** @param reason why the usual limits refuse it */
    readonly passesYours: (reason: string) => string;
    readonly otherFaces: string;
    /** @param format of the given file, such as HEIC */
    readonly converted: (format: string) => string;
  };
  readonly checks: {
    readonly title: string;
    readonly yours: string;
    readonly hint: string;
    readonly reset: string;
    readonly explain: string;
    /** In brackets, for those who cannot see the colour. */
    readonly standing: (status: 'pass' | 'fail' | 'unknown', isUnsure: boolean) => string;
    readonly unsureHint: string;
    readonly enforce: string;
    readonly enforced: string;
    /** Above the limits of checks without a value. */
    readonly unmeasured: (count: number) => string;
    readonly enforceLabel: (check: string) => string;
    readonly limitOf: (check: string) => string;
    readonly link: Readonly<Record<Said, string>>;
    readonly linkHint: string;
    readonly bound: (good: 'atLeast' | 'atMost', limit: string) => string;
    readonly meanings: Readonly<Record<CheckId, string>>;
  };
  readonly stage: {
    readonly label: string;
    readonly layersLabel: string;
    readonly layers: Readonly<Record<LayerName, string>>;
    readonly notHere: string;
    readonly notLoaded: string;
    readonly notShown: string;
    readonly taken: (face: number) => string;
    readonly crop: string;
    readonly seen: string;
    readonly seenCanvas: string;
    /** @param zoom how many times it is enlarged */
    readonly seenAt: (size: number, edge: number, zoom: number) => string;
    readonly beforeLabel: string;
    readonly before: string;
    readonly beforeAlt: (name: string) => string;
    readonly done: string;
    readonly noFace: string;
    readonly savePng: string;
    readonly saveJson: string;
    readonly notSaved: string;
    readonly face: (face: ToldFace) => string;
  };
  readonly facts: {
    readonly label: string;
    readonly file: string;
    readonly turned: string;
    readonly turnedBy: (orientation: number) => string;
    readonly faces: string;
    readonly face: string;
    readonly faceWidth: (width: number, share: number) => string;
    readonly eyes: string;
    readonly angles: string;
    readonly cover: string;
    readonly likely: string;
    readonly region: (region: string, probability: number) => string;
    readonly nothing: string;
    readonly quality: (score: number) => string;
    readonly qualityMeanings: Readonly<Record<QualityPart, string>>;
  };
  readonly table: {
    readonly title: (count: number) => string;
    readonly toList: (count: number) => string;
    readonly retry: (count: number) => string;
    readonly saveCsv: string;
    readonly saveJson: string;
    readonly savePassing: (count: number) => string;
    readonly saveFixed: (count: number) => string;
    readonly zipHint: string;
    readonly packed: Readonly<Record<Packed | 'packing', string>>;
    readonly forget: string;
    readonly forgetHint: string;
    /** Whether the pictures are there after a reload. */
    readonly kept: Readonly<Record<Keeping, string>>;
    readonly more: (count: number) => string;
    readonly thumbnail: string;
    readonly advice: string;
    readonly columns: Readonly<Record<Column, string>>;
    readonly remove: (name: string) => string;
    readonly removeColumn: string;
    readonly filter: string;
    readonly all: string;
  };
  readonly snippets: {
    readonly title: string;
    readonly language: string;
    readonly copy: string;
    readonly copied: string;
    readonly selected: string;
  };
  readonly failures: FailureWords;
  /** Of a picture in a format that neither LivePortrait takes nor this browser opens. */
  readonly unopened: {
    readonly title: (format: string) => string;
    readonly what: (format: string) => string;
    readonly advice: string;
    /** In its place where "Fix" stands below. */
    readonly fix: string;
    /** Of HEIC, behind the advice: the phones that write it can be told not to. */
    readonly phones: string;
  };
  /** A value with its unit, as {@link LIMITS} names it. */
  readonly value: (value: number, unit: string) => string;
  readonly bytes: (bytes: number) => string;
  readonly list: (words: readonly string[]) => string;
}

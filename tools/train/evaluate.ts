import type { FaceRegion } from '../../src/inspection.ts';
import { HARMLESS } from './covers/index.ts';
import {
  EVEN,
  isDrawn,
  isHarmless,
  isMasked,
  isObstructed,
  isProfile,
  isSteep,
  isTone,
  type Judged,
  kindsOf,
  namesRegion,
  PROFILE_FROM,
  passes,
  wearsDarkGlasses,
  yawError,
} from './judged.ts';
import type { Sample } from './samples.ts';
import { areaUnderCurve, meanOf, type Rate, type ReliabilityBin, rate, reliability } from './statistics.ts';
import { REGIONS } from './truth.ts';

/** The product's least score of a candidate. */
const MIN_SCORE = 0.35;

/** One measured rate, and the goal that it is held against. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly rate: Rate;
}

/** All that the card shows. */
export interface Evaluation {
  readonly targets: readonly Row[];
  /** Mean of the shares that were judged wrongly, of usable, covered, steep, animals and no people. */
  readonly balancedError: number;
  /** Harmless things drawn on usable portraits, by kind. */
  readonly harmless: readonly Row[];
  readonly yawError: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly count: number;
  };
  readonly yawErrorByRange: readonly {
    readonly range: string;
    readonly mean: number;
    readonly count: number;
  }[];
  readonly areas: readonly {
    readonly what: string;
    readonly area: number;
    readonly positives: number;
    readonly negatives: number;
  }[];
  readonly regions: readonly Row[];
  readonly sources: readonly Row[];
  readonly reliability: readonly {
    readonly answer: string;
    readonly bins: readonly ReliabilityBin[];
    readonly error: number;
    readonly count: number;
  }[];
}

/** Measures everything but the held-out kinds of cover, which have heads of their own. */
export function evaluate(judged: readonly Judged[], usable: ReadonlySet<string>): Evaluation {
  const plain = judged.filter(({ sample }) => sample.variant === 'plain');
  const drawn = judged.filter(({ sample }) => isDrawn(sample));
  const usablePlain = plain.filter(({ sample }) => usable.has(sample.file));
  const yawed = plain.filter(({ sample }) => sample.truth.yaw !== null);
  const steep = yawed.filter(({ sample }) => sample.truth.yaw! >= PROFILE_FROM);
  const level = yawed.filter(({ sample }) => sample.truth.yaw! <= 35);
  const dressed = drawn.filter(isHarmless);
  const isRefused = (judged: Judged) => !passes(judged);
  const usableRow = row('usable portraits passed', '≥ 99.5 %', usablePlain, passes);
  const maskedRow = row('masked faces refused for any reason', '', plain.filter(isMasked), isRefused);
  const steepRow = row('yaw of 60° and more refused for any reason', '', steep, isRefused);
  const [animals, nobody] = ['animal', 'noface'].map((group) => refusedPictures(plain, group));
  const wrong = [usableRow, maskedRow, steepRow, animals, nobody].map(({ rate: { share } }) => 1 - share);
  const harmless = (what: string, goal: string, of: readonly Judged[]) => row(what, goal, of, isObstructed);
  return {
    targets: [
      usableRow,
      row('… with the skin in other tones', '≥ 99.5 %', judged.filter(isTone), passes),
      row('masked faces refused as obstructed', '≥ 97 %', plain.filter(isMasked), isObstructed),
      maskedRow,
      row('real dark glasses refused as obstructed', '', plain.filter(wearsDarkGlasses), isObstructed),
      harmless(
        'drawn hats, hijabs, beards, clear glasses and the like refused as obstructed',
        '≤ 1 %',
        dressed,
      ),
      harmless(
        '… drawn on usable portraits',
        '≤ 1 %',
        dressed.filter(({ sample }) => usable.has(sample.file)),
      ),
      row('yaw of 60° and more refused as profile', '≥ 99.5 %', steep, isProfile),
      steepRow,
      row('yaw of 35° and less refused as profile', '≤ 0.5 %', level, isProfile),
      animals,
      nobody,
    ],
    balancedError: meanOf(wrong).mean,
    harmless: [...new Set(HARMLESS.map(({ kind }) => kind))].sort().map((kind) =>
      harmless(
        kind,
        '',
        dressed.filter(({ sample }) => usable.has(sample.file) && kindsOf(sample.variant).has(kind)),
      ),
    ),
    yawError: {
      ...meanOf(yawed.map(yawError)),
      count: yawed.length,
    },
    yawErrorByRange: [0, 15, 30, 45, 60, 75].map((from) => {
      const inside = yawed.filter(({ sample: { truth } }) => truth.yaw! >= from && truth.yaw! < from + 15);
      const errors = inside.map(yawError);
      return { range: `${from}–${from + 15}°`, mean: meanOf(errors).mean, count: errors.length };
    }),
    areas: areas(plain, drawn),
    regions: REGIONS.flatMap((region) => regionRows(drawn, region)),
    sources: bySource(plain, usablePlain),
    reliability: [
      reliable('human', plain, ({ sample }) => (sample.score >= MIN_SCORE ? sample.truth.human : null)),
      reliable('profile', plain, ({ sample }) => isSteep(sample)),
      reliable('obstructed', plain, ({ sample }) => sample.truth.obstructed),
      reliable('obstructed (drawn covers)', drawn, ({ sample }) => sample.truth.obstructed),
    ],
  };
}

/** Drawn covers of one family, judged by heads that know neither the family nor the sources. */
export function evaluateFamily(family: string, judged: readonly Judged[]): Row[] {
  const spoilt = judged.filter(({ sample }) => sample.truth.obstructed === true);
  const spared = judged.filter(({ sample }) => sample.truth.obstructed === false);
  return [
    row(`${family}: refused`, '≥ 97 %', spoilt, (j) => !passes(j)),
    row(`${family}: a covered region named`, '≥ 97 %', spoilt, namesRegion),
    ...(spared.length > 0
      ? [row(`${family}, nothing that matters covered: refused`, '', spared, isObstructed)]
      : []),
  ];
}

function row(what: string, goal: string, of: readonly Judged[], test: (judged: Judged) => boolean): Row {
  return { what, goal, rate: rate(of.map((judged) => ({ file: judged.sample.file, hit: test(judged) }))) };
}

/** Pictures of which no candidate passes; pictures without any candidate are not counted here. */
function refusedPictures(plain: readonly Judged[], group: string): Row {
  const passed = new Map<string, boolean>();
  for (const judged of plain) {
    const { file, truth, score } = judged.sample;
    if (judged.sample.group !== group || truth.human !== false) continue;
    passed.set(file, (passed.get(file) ?? false) || (score >= MIN_SCORE && passes(judged)));
  }
  const what = group === 'animal' ? 'animals refused' : 'pictures without people refused';
  return { what, goal: '≥ 99.5 %', rate: rate([...passed].map(([file, value]) => ({ file, hit: !value }))) };
}

function regionRows(drawn: readonly Judged[], region: FaceRegion): Row[] {
  const of = (value: boolean) => drawn.filter(({ sample }) => sample.truth.covered[region] === value);
  return [
    row(`${region} covered: found`, '', of(true), ({ answers }) => answers[region] > EVEN),
    row(`${region} free: flagged`, '', of(false), ({ answers }) => answers[region] > EVEN),
  ];
}

function bySource(plain: readonly Judged[], usablePlain: readonly Judged[]): Row[] {
  const group = (what: string, of: readonly Judged[], test: (judged: Judged) => boolean) =>
    [...new Set(of.map(({ sample }) => sample.source))].sort().map((source) =>
      row(
        `${what}, ${source}`,
        '',
        of.filter(({ sample }) => sample.source === source),
        test,
      ),
    );
  return [
    ...group('usable passed', usablePlain, passes),
    ...group('masks refused', plain.filter(isMasked), isObstructed),
  ];
}

function areas(plain: readonly Judged[], drawn: readonly Judged[]): Evaluation['areas'] {
  const area = (
    what: string,
    answer: string,
    of: readonly Judged[],
    truth: (sample: Sample) => boolean | null,
  ) => {
    const values = (wanted: boolean) =>
      of.filter(({ sample }) => truth(sample) === wanted).map(({ answers }) => answers[answer]);
    const [positives, negatives] = [values(true), values(false)];
    return {
      what,
      area: areaUnderCurve(positives, negatives),
      positives: positives.length,
      negatives: negatives.length,
    };
  };
  return [
    area('human', 'human', plain, ({ truth, score }) => (score >= MIN_SCORE ? truth.human : null)),
    area('profile (60° and more against 45° and less)', 'profile', plain, isSteep),
    area('obstructed, photos', 'obstructed', plain, ({ truth }) => truth.obstructed),
    area('obstructed, drawn', 'obstructed', drawn, ({ truth }) => truth.obstructed),
    ...REGIONS.map((region) =>
      area(`${region} covered, drawn`, region, drawn, ({ truth }) => truth.covered[region]),
    ),
  ];
}

function reliable(
  answer: string,
  of: readonly Judged[],
  truth: (judged: Judged) => boolean | null,
): Evaluation['reliability'][number] {
  const name = answer.split(' ')[0];
  const pairs = of.flatMap((judged) => {
    const value = truth(judged);
    return value === null ? [] : [{ probability: judged.answers[name], truth: value }];
  });
  return { answer, ...reliability(pairs), count: pairs.length };
}

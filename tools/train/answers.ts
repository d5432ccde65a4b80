import { compileJoin, type Join } from '../../src/models/signals.ts';
import type { Algebra } from './algebra.ts';
import { crossSignals, fitHeads, fitJoins, type Lessons, runHeads, type Signals, signalsOf } from './fit.ts';
import { JOINS } from './specs.ts';

/** Answers by name: probabilities, and degrees for `yaw`. Null where nothing was asked. */
export type Answers = Readonly<Record<string, number>>;

/** Labels of pose come from too few sources to hold those out: it is held out by picture. */
const POSE_JOINS = JOINS.filter(({ about }) => about === 'pose');
const OTHER_JOINS = JOINS.filter(({ about }) => about !== 'pose');

/** What cross-validation gives: honest answers for judging, and second layers for the final heads. */
export interface CrossValidated {
  readonly answers: readonly Answers[];
  readonly joins: Readonly<Record<string, Join>>;
}

/**
 * Answers every sample by heads that were fitted without its source (for pose, without its picture), and joined and
 * calibrated on other folds only.
 *
 * @param bySource  the fold of each sample, no source in two
 * @param byPicture the fold of each sample, no picture in two
 */
export async function crossValidate(
  algebra: Algebra,
  lessons: Lessons,
  bySource: Int32Array,
  byPicture: Int32Array,
): Promise<CrossValidated> {
  const { samples } = lessons;
  const everyone = [...samples.keys()];
  const answers = everyone.map((): Record<string, number> => ({}));
  const joins: Record<string, Join> = {};
  for (const { folds, specs } of [
    { folds: bySource, specs: OTHER_JOINS },
    { folds: byPicture, specs: POSE_JOINS },
  ]) {
    const signals = await crossSignals(algebra, lessons, folds);
    for (let fold = 0; fold <= Math.max(...folds); fold++) {
      const rest = everyone.filter((i) => folds[i] !== fold);
      const fitted = await fitJoins(algebra, samples, signals, rest, specs);
      const answer = answererOf(fitted, specs);
      for (const i of everyone) {
        if (folds[i] === fold) Object.assign(answers[i], answer(signals[i]));
      }
    }
    Object.assign(joins, await fitJoins(algebra, samples, signals, everyone, specs));
  }
  return { answers, joins };
}

function answererOf(
  joins: Readonly<Record<string, Join>>,
  specs: readonly { readonly name: string; readonly kind: string }[],
): (signals: ReadonlyMap<string, number>) => Answers {
  const compiled = specs.map(({ name, kind }) => ({ name, kind, evaluate: compileJoin(joins[name]) }));
  return (signals) =>
    Object.fromEntries(
      compiled.map(({ name, kind, evaluate }) => {
        const value = evaluate(signals);
        return [name, kind === 'logistic' ? 1 / (1 + Math.exp(-value)) : value];
      }),
    );
}

/** Answers some samples by heads fitted on others, joined as the final heads are. */
export async function answerHeldOut(
  algebra: Algebra,
  lessons: Lessons,
  learnt: readonly number[],
  asked: readonly number[],
  joins: Readonly<Record<string, Join>>,
): Promise<Answers[]> {
  const heads = await fitHeads(algebra, lessons, learnt);
  const outputs = await runHeads(algebra, heads, lessons.features, asked);
  const signals: Signals = outputs.map((output, i) => signalsOf(lessons.samples[asked[i]], output));
  return signals.map(answererOf(joins, JOINS));
}

/** What the second layer of the heads reads, and how it reads it: shared by the product and the training. */

/** A linear function of signals, by name; `a*b` is the product of two signals. */
export interface Join {
  readonly bias: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** What the networks themselves say of a face. */
export interface NetworkScores {
  /** The detector's confidence, 0 to 1. */
  readonly score: number;
  /** FaceMesh's belief that it looks at a face, 0 to 1. */
  readonly flag: number;
  /** FaceMesh's own yaw in degrees, of either sign. */
  readonly meshYaw: number;
}

/** Scores are kept this far off 0 and 1, whose logits are infinite. */
const SCORE_MARGIN = 1e-4;

/** Signals of yaw are in units of this many degrees, so that their squares stay small. */
const YAW_UNIT = 45;

/**
 * All signals: the heads' outputs, and those that are no linear functions of the activations. These are the
 * networks' own scores as logits, the turns without their sign, and the two ways in which a cover makes a face
 * unusable, by mouth or nose, or by both eyes; `name+` is the softplus of a logit.
 *
 * @param outputs the heads' outputs by name: logits, and degrees for `yaw` and `turn`
 */
export function deriveSignals(
  outputs: ReadonlyMap<string, number>,
  { score, flag, meshYaw }: NetworkScores,
): Map<string, number> {
  // A head that is missing makes no signal; an answer that needs it says so.
  const of = (name: string) => outputs.get(name) ?? Number.NaN;
  const lowerFace = Math.max(of('mouth'), of('nose'));
  const bothEyes = Math.min(of('leftEye'), of('rightEye'));
  return new Map([
    ...outputs,
    ['score', logit(score)],
    ['flag', logit(flag)],
    ['yaw', Math.max(0, of('yaw')) / YAW_UNIT],
    ['turned', Math.abs(of('turn')) / YAW_UNIT],
    ['meshTurned', Math.abs(meshYaw) / YAW_UNIT],
    ['steep', 1 / (1 + Math.exp(-of('profile')))],
    ['lowerFace', lowerFace],
    ['bothEyes', bothEyes],
    ['anyEye', Math.max(of('leftEye'), of('rightEye'))],
    ['cover+', softplus(of('cover'))],
    ['lowerFace+', softplus(lowerFace)],
    ['bothEyes+', softplus(bothEyes)],
  ]);
}

/**
 * The value of a join, as a function of signals: its terms are taken apart once.
 *
 * @returns a function that throws when the join names a signal that there is not
 */
export function compileJoin({ bias, terms }: Join): (signals: ReadonlyMap<string, number>) => number {
  const factors = Object.entries(terms).map(([term, weight]) => ({ weight, names: term.split('*') }));
  return (signals) => {
    let sum = bias;
    for (const { weight, names } of factors) {
      let product = weight;
      for (const name of names) {
        const value = signals.get(name);
        if (value === undefined) throw new Error(`there is no signal "${name}"`);
        product *= value;
      }
      sum += product;
    }
    return sum;
  };
}

/** Nothing for what is surely free, the logit itself for what is surely covered. */
function softplus(value: number): number {
  return Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value)));
}

function logit(probability: number): number {
  const p = Math.min(1 - SCORE_MARGIN, Math.max(SCORE_MARGIN, probability));
  return Math.log(p / (1 - p));
}

import type { Sample } from './samples.ts';
import { REGIONS } from './truth.ts';

/** One linear head: what it is to tell, and how. */
export interface HeadSpec {
  readonly name: string;
  readonly kind: 'logistic' | 'ridge';
  readonly penalty: number;
  /** What the head should say of a sample; null where nothing is known. */
  target(sample: Sample): number | null;
}

/** One answer: joined from signals by a second, small layer, which also calibrates it. */
export interface JoinSpec {
  readonly name: string;
  readonly kind: 'logistic' | 'ridge';
  /** Signals by name; products of signals as `a*b`. */
  readonly terms: readonly string[];
  /**
   * Pose is labelled by two sources only, so its second layer is fitted on held-out pictures; every other one on
   * held-out sources.
   */
  readonly heldOut: 'sources' | 'pictures';
  target(sample: Sample): number | null;
}

/** A head turned this far, in degrees, is a profile; up to the other it surely is none. */
const PROFILE_FROM = 60;
const NO_PROFILE_UP_TO = 45;

const LOGISTIC_PENALTY = 0.3;
const RIDGE_PENALTY = 3;

const asNumber = (value: boolean | null) => (value === null ? null : Number(value));

function isProfile({ truth }: Sample): number | null {
  if (truth.yaw === null) return null;
  if (truth.yaw >= PROFILE_FROM) return 1;
  return truth.yaw <= NO_PROFILE_UP_TO ? 0 : null;
}

const logistic = (name: string, target: HeadSpec['target']): HeadSpec => ({
  name,
  kind: 'logistic',
  penalty: LOGISTIC_PENALTY,
  target,
});

const ridge = (name: string, target: HeadSpec['target']): HeadSpec => ({
  name,
  kind: 'ridge',
  penalty: RIDGE_PENALTY,
  target,
});

/** The heads over the activations. */
export const HEADS: readonly HeadSpec[] = [
  logistic('human', ({ truth }) => asNumber(truth.human)),
  logistic('profile', isProfile),
  ridge('yaw', ({ truth }) => truth.yaw),
  ridge('turn', ({ truth }) => truth.turn),
  ...REGIONS.map((region) => logistic(region, ({ truth }) => asNumber(truth.covered[region]))),
  logistic('cover', ({ truth }) => asNumber(truth.obstructed)),
];

/** The answers. */
export const JOINS: readonly JoinSpec[] = [
  {
    name: 'human',
    kind: 'logistic',
    heldOut: 'sources',
    terms: ['human', 'score', 'flag'],
    target: HEADS[0].target,
  },
  {
    name: 'profile',
    kind: 'logistic',
    heldOut: 'pictures',
    terms: ['profile', 'yaw', 'turned'],
    target: isProfile,
  },
  {
    name: 'yaw',
    kind: 'ridge',
    heldOut: 'pictures',
    terms: [
      'yaw',
      'turned',
      'meshTurned',
      'yaw*yaw',
      'turned*turned',
      'meshTurned*meshTurned',
      'yaw*turned',
      'yaw*meshTurned',
      'turned*meshTurned',
    ],
    target: ({ truth }) => truth.yaw,
  },
  ...REGIONS.map(
    (region): JoinSpec => ({
      name: region,
      kind: 'logistic',
      heldOut: 'pictures',
      terms: [region],
      target: ({ truth }) => asNumber(truth.covered[region]),
    }),
  ),
  {
    name: 'obstructed',
    kind: 'logistic',
    heldOut: 'pictures',
    terms: ['cover', 'lowerFace', 'bothEyes'],
    target: ({ truth }) => asNumber(truth.obstructed),
  },
];

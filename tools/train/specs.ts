import type { Sample } from './samples.ts';
import { REGIONS } from './truth.ts';

/** What an answer is about. Pose is held out by picture, for want of labelled sources. */
export type Topic = 'kind' | 'pose' | 'cover';

/** What an answer is: the logit of a probability, or an angle. */
export type Kind = 'logistic' | 'degrees';

/** One head, an output of the network: what it is to tell. */
export interface HeadSpec {
  readonly name: string;
  readonly kind: Kind;
  /** What the head should say of a sample; null where nothing is known. */
  target(sample: Sample): number | null;
}

/** One answer: joined from signals by a second, small layer, which also calibrates it. */
export interface JoinSpec {
  readonly name: string;
  readonly kind: Kind;
  /** Signals by name; products of signals as `a*b`. */
  readonly terms: readonly string[];
  /** For a logistic one: how likely a yes is before anything was seen, to which the probabilities are calibrated. */
  readonly prior: number;
  readonly about: Topic;
  target(sample: Sample): number | null;
}

/** A head turned this far, in degrees, is a profile; up to the other it surely is none. */
const PROFILE_FROM = 60;
const NO_PROFILE_UP_TO = 45;

/** From this score on what is found in a picture of small people is one of them. */
const SMALL_SURE_SCORE = 0.7;

/** The product's least score of a candidate. */
const CANDIDATE_SCORE = 0.35;

const asNumber = (value: boolean | null) => (value === null ? null : Number(value));

/** In pictures of small people what is found with little confidence may be anything. */
function isHuman({ truth, group, score }: Sample): number | null {
  return group === 'small' && score < SMALL_SURE_SCORE ? null : asNumber(truth.human);
}

function isProfile({ truth }: Sample): number | null {
  if (truth.yaw === null) return null;
  if (truth.yaw >= PROFILE_FROM) return 1;
  return truth.yaw <= NO_PROFILE_UP_TO ? 0 : null;
}

const logistic = (name: string, target: HeadSpec['target']): HeadSpec => ({ name, kind: 'logistic', target });
const degrees = (name: string, target: HeadSpec['target']): HeadSpec => ({ name, kind: 'degrees', target });

/** The heads, in the order of the network's outputs. */
export const HEADS: readonly HeadSpec[] = [
  logistic('human', isHuman),
  logistic('profile', isProfile),
  degrees('yaw', ({ truth }) => truth.yaw),
  degrees('turn', ({ truth }) => truth.turn),
  ...REGIONS.map((region) => logistic(region, ({ truth }) => asNumber(truth.covered[region]))),
  logistic('cover', ({ truth }) => asNumber(truth.obstructed)),
];

const EVEN_PRIOR = 0.5;

/**
 * People ask about pictures of people. An animal that is held to be human by a little is refused for its odd
 * face anyway, whereas a profile or a mask that is held to be none gets the wrong reason.
 */
const HUMAN_PRIOR = 0.9;

/** The answers. */
export const JOINS: readonly JoinSpec[] = [
  {
    name: 'human',
    kind: 'logistic',
    about: 'kind',
    prior: HUMAN_PRIOR,
    terms: ['human', 'score', 'flag'],
    // What scores less the product does not look at.
    target: (sample) => (sample.score < CANDIDATE_SCORE ? null : isHuman(sample)),
  },
  {
    name: 'profile',
    kind: 'logistic',
    about: 'pose',
    prior: EVEN_PRIOR,
    terms: ['profile', 'yaw', 'turned'],
    target: isProfile,
  },
  {
    name: 'yaw',
    kind: 'degrees',
    about: 'pose',
    prior: EVEN_PRIOR,
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
      'steep',
      'steep*yaw',
      'steep*meshTurned',
    ],
    target: ({ truth }) => truth.yaw,
  },
  ...REGIONS.map(
    (region): JoinSpec => ({
      name: region,
      kind: 'logistic',
      about: 'cover',
      prior: EVEN_PRIOR,
      terms: [region],
      target: ({ truth }) => asNumber(truth.covered[region]),
    }),
  ),
  {
    name: 'obstructed',
    kind: 'logistic',
    about: 'cover',
    prior: EVEN_PRIOR,
    terms: ['cover', 'lowerFace', 'bothEyes', 'anyEye', 'chin', 'cover+', 'lowerFace+', 'bothEyes+'],
    target: ({ truth }) => asNumber(truth.obstructed),
  },
];

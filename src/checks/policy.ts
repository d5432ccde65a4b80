import { DetectError } from '../wire/errors.ts';

/** A limit of the policy: its default, the range in which it makes sense, and where the number is from. */
export interface LimitDefinition {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** One sentence: what the limit decides. */
  readonly meaning: string;
  /** Where the default comes from. */
  readonly source: string;
}

/** Every limit that a check holds a measured value against. */
export const LIMITS = {
  minFace: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'Where nothing is more likely human than this, there is no face to say more about.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  minHuman: {
    default: 0.9,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'A face with nothing else wrong that is less likely human than this is no human face.',
    source:
      'The head is calibrated to nine people in ten pictures; this is its even point where animals are as frequent. No labelled usable portrait is below 0.98.',
  },
  minFaceWidth: {
    default: 56,
    // In a picture of 1280 pixels the detector sees no smaller faces than 60; in smaller pictures it does.
    min: 32,
    max: 1280,
    unit: 'px',
    meaning: "Width of the face at LivePortrait's working size, its long edge being at most 1280.",
    source:
      'LivePortrait works on a crop of 2.3 faces at 256 pixels, so on faces of 111; smaller ones than half of that are enlarged more than twofold.',
  },
  minFaceShare: {
    default: 0.1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Width of the face over the picture's long edge.",
    source:
      "LivePortrait's own samples go down to 14 %, labelled usable portraits to 24 %; labelled scenes and whole bodies lie below 10 %.",
  },
  maxYaw: {
    default: 50,
    min: 0,
    max: 90,
    unit: 'degrees',
    meaning: 'Turn of the head to either side.',
    source: 'Labelled photos: 60 degrees is a profile, 35 is none; the limit leaves the same room to both.',
  },
  maxPitch: {
    default: 37,
    min: 0,
    max: 90,
    unit: 'degrees',
    meaning: 'Tilt of the head up or down.',
    source:
      'Labelled usable portraits lie within 25 degrees; half more leaves room for the error of the estimate.',
  },
  maxCovered: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'A face more likely covered at mouth or nose than this is obstructed.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  maxEyesCovered: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'A face with both eyes more likely covered than this is obstructed; 1 allows dark glasses.',
    source: 'The even point of a calibrated head; LivePortrait cannot animate eyes that it does not see.',
  },
  maxOutside: {
    default: 0.15,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Share of the face's box that lies outside the picture.",
    source: 'A seventh of the box is about a chin or an eye.',
  },
  minSharpness: {
    default: 0.17,
    min: 0,
    max: 10,
    unit: 'ratio',
    meaning: 'Energy of the finest detail inside the face over that of detail twice as coarse.',
    source:
      'Faces enlarged from 64 pixels have some 0.15; 95 of 100 labelled usable portraits have more than 0.17.',
  },
  minBrightness: {
    default: 0.2,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'Mean luma inside the face.',
    source: 'Labelled usable portraits lie between 0.3 and 0.83; the limit leaves a third below that.',
  },
  maxFaces: {
    default: 1,
    min: 1,
    max: 100,
    unit: 'faces',
    meaning: 'Faces in the picture; LivePortrait animates the largest.',
    source: "LivePortrait's source: it takes the largest face.",
  },
  maxMouthOpening: {
    default: 0.25,
    min: 0,
    max: 2,
    unit: 'ratio',
    meaning: "Gap of the lips over the mouth's width.",
    source: 'Labelled usable portraits: 75 of 100 are under 0.11, 99 under 0.26.',
  },
  minEyeOpening: {
    default: 0.1,
    min: 0,
    max: 1,
    unit: 'ratio',
    meaning: "Gap of the lids over the eye's width, of the more closed eye.",
    source: 'The least of the labelled usable portraits is 0.17.',
  },
} as const satisfies Record<string, LimitDefinition>;

/** A limit's name. */
export type LimitName = keyof typeof LIMITS;

/** Every limit by its name, and the advisory checks that shall fail a picture after all. */
export type Policy = Readonly<Record<LimitName, number>> & {
  /** Ids of advisory checks that are enforced. */
  readonly enforce: readonly string[];
};

/** Some limits by name; the rest keep their defaults. */
export type PolicyOverrides = Partial<Policy>;

/** The policy with every limit at its default. */
export const DEFAULT_POLICY: Policy = {
  ...(Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.default])) as Record<
    LimitName,
    number
  >),
  enforce: [],
};

/**
 * A policy from overrides that may come from anywhere: a file, a request, a caller.
 *
 * @param overrides an object with limits by name, and `enforce`, a list of ids of advisory checks
 * @param base      what is overridden; the defaults if left out
 * @param advisory  the ids that `enforce` may name
 * @throws DetectError `policy.invalid`, naming the entry and its range
 */
export function parsePolicy(
  overrides: unknown,
  advisory: readonly string[],
  base: Policy = DEFAULT_POLICY,
): Policy {
  if (overrides === undefined || overrides === null) return base;
  if (typeof overrides !== 'object' || Array.isArray(overrides)) {
    throw new DetectError('policy.invalid', 'A policy is an object: limits by their names.');
  }
  const policy: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(overrides)) {
    policy[name] = name === 'enforce' ? parseEnforce(value, advisory) : parseLimit(name, value);
  }
  return policy as unknown as Policy;
}

/** Characters of an unknown name that the message repeats. */
const MOST_SHOWN = 64;

function parseLimit(name: string, value: unknown): number {
  if (!Object.hasOwn(LIMITS, name)) {
    const known = [...Object.keys(LIMITS), 'enforce'].join(', ');
    throw new DetectError(
      'policy.invalid',
      `The policy has no limit ${JSON.stringify(name.slice(0, MOST_SHOWN))}; there are: ${known}.`,
    );
  }
  const { min, max } = LIMITS[name as LimitName];
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new DetectError('policy.invalid', `${name} must be a number from ${min} to ${max}.`);
  }
  return value;
}

function parseEnforce(value: unknown, advisory: readonly string[]): readonly string[] {
  const isShort = Array.isArray(value) && value.length <= advisory.length;
  if (!isShort || !value.every((id) => advisory.includes(id))) {
    throw new DetectError('policy.invalid', `enforce must be a list of: ${advisory.join(', ')}.`);
  }
  return value;
}

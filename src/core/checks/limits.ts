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

/** Where a limit's default is that of no limit: only some generators ask for it, and no other picture is measured by it. */
const OFF = 'No limit: LivePortrait asks for none. Generators that do are in docs/presets.md.';

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
    default: 0.75,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'What looks like a face and is less likely human than this is not taken for one.',
    source:
      'Held out, 995 of 1,000 labelled usable and tightly cut faces are above it, and 15 of 100 animals, dolls and things that the detector takes for a face; other checks refuse most of these.',
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
      "LivePortrait's own samples go down to 14 %, labelled usable portraits to 24 %; labelled scenes and whole bodies are below 10 %.",
  },
  maxYaw: {
    default: 50,
    min: 0,
    max: 90,
    unit: 'degrees',
    meaning: 'Turn of the head to either side.',
    source: 'Labelled photos: 60 degrees is a profile, 35 is not; the limit leaves the same room to both.',
  },
  maxProfile: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning:
      'A head more likely in profile than this is refused, no matter what its turn in degrees seems to be.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
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
  maxCutOff: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: "A face that the picture's frame cuts through more likely than this is cut off.",
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  maxTurn: {
    default: 60,
    min: 0,
    max: 180,
    unit: 'degrees',
    meaning: 'Turn of the face in the plane of the picture, beyond which the picture is told to be turned.',
    source:
      'LivePortrait levels small turns by itself; no labelled usable portrait leans by more than 47 degrees.',
  },
  minDetail: {
    default: 0.34,
    min: 0,
    max: 10,
    unit: 'ratio',
    meaning: 'Fine slopes of the luma inside the face over coarse ones, below which the result is spoilt.',
    source:
      'Of 977 labelled usable portraits the least has 0.345. Half of the portraits of some 250 pixels fall below it when they are blurred with a sigma of 6.',
  },
  minSharpness: {
    default: 0.46,
    min: 0,
    max: 10,
    unit: 'ratio',
    meaning:
      'Fine slopes of the luma inside the face over coarse ones, below which a sharper picture would do better.',
    source:
      '95 of 100 labelled usable portraits have more. A face enlarged from 64 pixels has some 0.54, a sharp one some 0.62.',
  },
  maxRoll: {
    default: 30,
    min: 0,
    max: 180,
    unit: 'degrees',
    meaning: 'Lean of the head to either side.',
    source: '99 of 100 labelled usable portraits lean by less.',
  },
  minBrightness: {
    default: 0.2,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'Mean luma inside the face.',
    source: 'Labelled usable portraits lie between 0.3 and 0.83; the limit leaves a third below that.',
  },
  maxBrightness: {
    default: 0.88,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'Mean luma inside the face.',
    source: 'The brightest labelled usable portrait has 0.83.',
  },
  minContrast: {
    default: 0.06,
    min: 0,
    max: 0.5,
    unit: 'luma',
    meaning: 'Standard deviation of the luma inside the face.',
    source: '998 of 1,000 labelled usable portraits have more than 0.063.',
  },
  minEvenness: {
    default: 0.35,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Mean luma of the face's darker half over that of the brighter.",
    source: '998 of 1,000 labelled usable portraits have more than 0.34.',
  },
  maxBacklight: {
    default: 0.3,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'By how much the mean luma right around the face exceeds that inside.',
    source: '998 of 1,000 labelled usable portraits have less than 0.3.',
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
    unit: 'share',
    meaning: "Gap of the lips over the mouth's width.",
    source: 'Labelled usable portraits: 75 of 100 are under 0.11, 99 under 0.26.',
  },
  minEyeOpening: {
    default: 0.1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Gap of the lids over the eye's width, of the more closed eye.",
    source: 'The least of the labelled usable portraits is 0.17.',
  },
  minFacePixels: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning:
      'Width of the face in pixels of the picture itself, for generators that do not scale it down first.',
    source: OFF,
  },
  minFaceHeight: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: 'Height of the face in pixels of the picture itself.',
    source: OFF,
  },
  minEyeDistance: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: 'Distance between the centres of the eyes in pixels of the picture itself.',
    source: OFF,
  },
  maxFaceShare: {
    default: 2,
    min: 0,
    max: 2,
    unit: 'share',
    meaning: "Width of the face over the picture's long edge, at most.",
    source: OFF,
  },
  minShortEdge: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: "The picture's short edge.",
    source: OFF,
  },
  maxShape: {
    default: 2,
    min: 1,
    max: 2,
    unit: 'ratio',
    meaning: "The picture's long edge over its short one; 1 is a square.",
    source: OFF,
  },
  maxHandShare: {
    default: 1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning:
      'How much of a cheek, the forehead, an eye, the nose or the mouth looks like the skin of a hand, at most.',
    source: OFF,
  },
  minHips: {
    default: 0,
    min: 0,
    max: 1,
    unit: 'score',
    meaning: 'How surely both hips are in the picture, so that half a body is.',
    source: OFF,
  },
  maxMissingBytes: {
    default: 0,
    min: 0,
    max: 2,
    unit: 'bytes',
    meaning: "Bytes missing at the file's end, where none of its pixels are.",
    source: "Two bytes mark a JPEG's end (ITU-T T.81, B.1.1.3); browsers do without, some programs do not.",
  },
} as const satisfies Record<string, LimitDefinition>;

/** A limit's name. */
export type LimitName = keyof typeof LIMITS;

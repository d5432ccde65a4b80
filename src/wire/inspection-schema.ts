/** The answer of our own `POST /v1/inspect`, described. The types of `src/core/inspection.ts` say what the members mean. */
import { z } from 'zod';
import { PARTS } from '../core/checks/quality-parts.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../core/checks/reasons.ts';
import { BODY_POINTS, COVER_CLASSES, QUALITY_PARTS, type QualityPart } from '../core/inspection.ts';

const PointSchema = z.object({ x: z.number(), y: z.number() });
const BoxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const probability = z.number().min(0).max(1);

const SharesSchema = z.object({
  background: probability,
  hair: probability,
  skin: probability.describe('Of hands and necks.'),
  face: probability.describe('Skin of faces.'),
  cloth: probability,
  object: probability,
});

const ImageSchema = z.object({
  format: z.enum(['jpeg', 'png', 'bmp', 'webp']),
  width: z.int().describe('As stored, in pixels.'),
  height: z.int().describe('As stored, in pixels.'),
  orientation: z.int().min(1).max(8).describe('EXIF orientation; 1 is upright.'),
  animated: z.boolean().describe('More than one frame; the first is judged.'),
  bytes: z.int(),
  uprightWidth: z.int(),
  uprightHeight: z.int(),
  missingBytes: z.int().describe('Bytes missing at the end of the file, where none of its pixels are.'),
});

const FaceSchema = z.object({
  box: BoxSchema,
  score: probability,
  landmarks: z.object({
    rightEye: PointSchema,
    leftEye: PointSchema,
    nose: PointSchema,
    mouth: PointSchema,
    rightEar: PointSchema,
    leftEar: PointSchema,
  }),
});

const SubjectSchema = FaceSchema.extend({
  index: z.int().describe('Which of the faces it is.'),
  mesh: z.array(z.number()).describe('468 points as x, y, z.'),
  pose: z.object({
    yaw: z.number().describe("Degrees; positive: the head turns to the picture's right."),
    pitch: z.number().describe('Degrees; positive: the head looks up.'),
    roll: z.number().describe('Degrees; positive: the head leans clockwise.'),
  }),
  faceFlag: probability,
  interEyeDistance: z.number().describe('Pixels.'),
  workingWidth: z.number().describe("Width of the face at LivePortrait's working size, in pixels."),
  frameShare: z.number(),
  outside: z.number(),
  sharpness: z.number(),
  brightness: z.number(),
  contrast: z.number(),
  evenness: z.number().describe("Luma of the face's darker half over that of the brighter."),
  surround: z.number().describe('Mean luma right around the face.'),
  mouthOpening: z.number(),
  eyeOpening: z.number(),
  heads: z.object({
    human: probability,
    yaw: z.number(),
    cutOff: probability,
    profile: probability,
    covered: z.object({
      leftEye: probability,
      rightEye: probability,
      nose: probability,
      mouth: probability,
      chin: probability,
    }),
    obstructed: probability,
  }),
  surface: z
    .object({
      leftEye: SharesSchema,
      rightEye: SharesSchema,
      nose: SharesSchema,
      mouth: SharesSchema,
      chin: SharesSchema,
      leftCheek: SharesSchema,
      rightCheek: SharesSchema,
      forehead: SharesSchema,
    })
    .describe('What is seen at each region, as shares that add up to 1.'),
  cover: z
    .object({
      class: z.enum(COVER_CLASSES).describe('What is not seen clearly is an object; a mask is cloth.'),
      regions: z.array(z.enum(['leftEye', 'rightEye', 'nose', 'mouth', 'chin'])),
      area: z
        .array(z.array(z.number()).max(96))
        .max(8)
        .describe(
          'Where it covers the face: outlines of at most 48 corners, each as x and y in turns, in pixels of the upright picture, to be filled by the even-odd rule.',
        ),
    })
    .nullable()
    .describe('What covers the face, and which regions; null where none is likely to be covered.'),
});

const CheckSchema = z.object({
  id: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  limit: z.number().nullable(),
  status: z.enum(['pass', 'fail', 'unknown']),
  reason: z.enum([...FACE_REASONS, ...ADVISORY_REASONS]).nullable(),
  advice: z.string(),
  unsure: z.boolean().describe('The value is a probability so near its limit that the outcome is not sure.'),
  advisory: z.boolean().describe('Never fails a picture by itself.'),
});

const QualitySchema = z.object({
  score: z.number().min(0).max(100).describe('In tenths; higher is better.'),
  parts: z
    .object(eachPart((name) => probability.describe(PARTS[name].meaning)))
    .describe('What the score is made of: 0 (bad) to 1 (good) each.'),
});

function eachPart<T>(make: (name: QualityPart) => T): Record<QualityPart, T> {
  return Object.fromEntries(QUALITY_PARTS.map((name) => [name, make(name)])) as Record<QualityPart, T>;
}

/** An Inspection, as JSON. Boxes and points are in pixels of the upright picture. */
export const InspectionSchema = z.object({
  image: ImageSchema,
  faces: z.array(FaceSchema).describe('The largest first.'),
  subject: SubjectSchema.nullable().describe('The face that LivePortrait would take.'),
  body: z
    .record(z.enum(BODY_POINTS), PointSchema.extend({ score: probability }))
    .optional()
    .describe('The largest body, where the policy asks for a check of it.'),
  checks: z.array(CheckSchema),
  pass: z.boolean(),
  reason: z
    .string()
    .nullable()
    .describe('The first failing reason, as in the header x-reason; null for a pass.'),
  crop: z
    .object({ center: PointSchema, size: z.number(), angle: z.number() })
    .nullable()
    .describe('The square that LivePortrait would cut out, turned clockwise by the angle in degrees.'),
  quality: QualitySchema.nullable().describe(
    'How good the picture is beside others; no verdict depends on it. Null without a face.',
  ),
});

/** The answer. */
export const InspectAnswerSchema = InspectionSchema.extend({
  annotated: z.string().optional().describe('The annotated picture as a data URI, if asked for.'),
  request_id: z.uuid(),
});

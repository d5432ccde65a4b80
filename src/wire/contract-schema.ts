/** The contract's request and answers, described. What is refused, and in which order, `request.ts` says. */
import { z } from 'zod';
import { MODEL_NAMES } from './models.ts';

/** Body of the contract's request; members that are not named are ignored. */
export const DetectBodySchema = z.looseObject({
  model: z.enum(MODEL_NAMES),
  input: z.looseObject({
    image_url: z.string().min(1).describe('Address of the picture, http:// or https://.'),
  }),
  parameters: z
    .looseObject({
      ratio: z.enum(['1:1', '3:4']).nullish().describe('emo-detect-v1; emoji-detect-v1 has 1:1 only.'),
    })
    .optional(),
});

const corners = z
  .tuple([z.int(), z.int(), z.int(), z.int()])
  .describe('x1, y1, x2, y2, in pixels of the picture.');
const refused = { code: z.string(), message: z.string() };

/** Body of the contract's 200. */
export const DetectAnswerSchema = z.object({
  output: z
    .union([
      z
        .object({
          pass: z.boolean(),
          message: z.string().describe('Empty for a pass; why it failed is in the header x-reason.'),
        })
        .describe('liveportrait-detect'),
      z
        .object({ check_pass: z.literal(true), face_bbox: corners, ext_bbox: corners })
        .describe('emo-detect-v1, passed'),
      z.object({ bbox_face: corners, ext_bbox_face: corners }).describe('emoji-detect-v1, passed'),
      z
        .object({ check_pass: z.literal(true), humanoid: z.literal(true) })
        .describe('wan2.2-s2v-detect, passed'),
      z
        .object({ check_pass: z.literal(false), ...refused })
        .describe('emo-detect-v1, wan2.2-s2v-detect, refused'),
      z
        .object({ check_pass: z.literal(true), bodystyle: z.enum(['full', 'half']) })
        .describe('animate-anyone-detect-gen2, passed'),
      z
        .object({ check_pass: z.literal(false), reason: z.string() })
        .describe('animate-anyone-detect-gen2, refused'),
      z.object(refused).describe('emoji-detect-v1, refused'),
    ])
    .describe('As the model has it.'),
  usage: z.object({ image_count: z.literal(1) }),
  request_id: z.uuid(),
});

/** Body of every error on every path. */
export const ErrorSchema = z.object({ code: z.string(), message: z.string(), request_id: z.uuid() });

/** Query and answer of our own `POST /v1/fix`, described; its body is that of `POST /v1/inspect`. */
import { z } from 'zod';
import { PictureQuerySchema } from './inspect-request.ts';
import { InspectionSchema } from './inspection-schema.ts';

/** The query. */
export const FixQuerySchema = z.object({
  face: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('The face to crop to, from 1 in the order of `faces`, the largest first.'),
  ...PictureQuerySchema.shape,
});

/** The query, read. */
export type FixQuery = z.output<typeof FixQuerySchema>;

/** The answer where JSON was asked for, or where no passing picture could be made. */
export const FixAnswerSchema = z.object({
  pass: z.boolean().describe('Whether there is a picture that passes now.'),
  reason: z
    .string()
    .nullable()
    .describe('Why no passing picture could be made: a token as in the header x-reason; null where one was.'),
  advice: z.string().describe('What can be done where it cannot be repaired.'),
  steps: z
    .array(
      z.object({
        action: z.enum(['convert', 'turn', 'orient', 'crop', 'scale', 'compress']),
        detail: z.string().describe('What was done and why, in a sentence.'),
      }),
    )
    .describe('What was done; nothing where nothing had to be.'),
  faces: InspectionSchema.shape.faces.describe('The faces of the given picture, the largest first.'),
  refusal: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why the given picture was refused before anyone looked for a face.'),
  before: InspectionSchema.nullable().describe(
    'The inspection of the given picture; null where it was refused.',
  ),
  after: InspectionSchema.nullable().describe('The inspection of the picture that passes.'),
  image: z.string().nullable().describe('The picture that passes, as a data URI.'),
  request_id: z.uuid(),
});

/** What an agent is answered: a verdict in words, the same as data, and pictures that a model can look at. */
import { z } from 'zod';
import type { Inspection } from '../core/inspection.ts';
import { DetectError } from '../errors.ts';
import { InspectionSchema } from '../wire/inspection-schema.ts';

/** Largest picture in an answer, in bytes: models take 5 MB of base64. */
const MOST_IMAGE_BYTES = 3_750_000;

/** A verdict with what it rests on. An inspection's points and outlines are left out: they would fill a model's memory. */
export const VerdictSchema = z.object({
  pass: z.boolean(),
  reason: z.string().nullable().describe('Why not, as a token; null for a pass.'),
  advice: z.array(z.string()).describe('What to do about each check that failed.'),
  checks: InspectionSchema.shape.checks,
  image: z.object({ format: z.string(), width: z.int(), height: z.int(), bytes: z.int() }),
  faces: z.int().describe('How many there are.'),
  box: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .nullable()
    .describe('Of the face that was judged, in pixels of the upright picture.'),
  quality: z.number().nullable().describe('0 to 100, to compare pictures by; no verdict depends on it.'),
});

/** See {@link VerdictSchema}. */
export type Verdict = z.infer<typeof VerdictSchema>;

/** Content of an answer. */
export type Content =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string };

/** An inspection's verdict. */
export function verdictOf({ pass, reason, checks, image, faces, subject, quality }: Inspection): Verdict {
  const { format, uprightWidth: width, uprightHeight: height, bytes } = image;
  return {
    pass,
    reason,
    advice: adviceOf(checks),
    checks: checks.map((check) => ({ ...check })),
    image: { format, width, height, bytes },
    faces: faces.length,
    box: subject && { ...subject.box },
    quality: quality?.score ?? null,
  };
}

function adviceOf(checks: Inspection['checks']): string[] {
  return checks.flatMap(({ status, advisory, advice }) => (status === 'fail' && !advisory ? [advice] : []));
}

/** A picture to look at, or a word that it is too large for that. */
export function imageContent(bytes: Uint8Array, mimeType: string, what: string): Content {
  if (bytes.length > MOST_IMAGE_BYTES) {
    return { type: 'text', text: `${what} has ${bytes.length} bytes, too many to show here.` };
  }
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return { type: 'image', data, mimeType };
}

/** The answer where something went wrong: what, and what to do; nothing of what a fault of ours holds. */
export function failure(thrown: unknown, tell: (fault: unknown) => void) {
  const error = thrown instanceof DetectError ? thrown : new DetectError('internal');
  if (error !== thrown) tell(thrown);
  // Its advice is for those who write a request's body; an agent names arguments, and the message says what is wrong with them.
  const advice = error.code === 'body.invalid' ? '' : ` ${error.entry.advice}`;
  const text = `${error.code}: ${error.message}${advice}`;
  return { isError: true, content: [{ type: 'text' as const, text }] };
}

/** The contract's request and answers, described. What is refused, and in which order, `request.ts` says. */
import { z } from 'zod';
import { MODEL } from './request.ts';

/** Body of the contract's request; members that are not named are ignored. */
export const DetectBodySchema = z.looseObject({
  model: z.literal(MODEL),
  input: z.looseObject({
    image_url: z.string().min(1).describe('Address of the picture, http:// or https://.'),
  }),
});

/** Body of the contract's 200. */
export const DetectAnswerSchema = z.object({
  output: z.object({
    pass: z.boolean(),
    message: z.string().describe('Empty for a pass; why it failed is in the header x-reason.'),
  }),
  usage: z.object({ image_count: z.literal(1) }),
  request_id: z.uuid(),
});

/** Body of every error on every path. */
export const ErrorSchema = z.object({ code: z.string(), message: z.string(), request_id: z.uuid() });

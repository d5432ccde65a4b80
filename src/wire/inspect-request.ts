/** The request of our own `POST /v1/inspect`. The schemas validate, and the API's description is made from them. */
import { z } from 'zod';
import { LIMITS, type LimitDefinition } from '../core/checks/limits.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import { PRESET_NAMES } from '../core/checks/presets.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { decodeBase64, type Pause } from './base64.ts';
import { faultOfMembers } from './inspect-members.ts';
import { type JsonLimits, readJsonObject } from './json.ts';

/** Of the JSON without the picture: an address of 8 KiB and every limit of the policy, several times over. */
const JSON_LIMITS: JsonLimits = { bytes: 64 * 1024, values: 1_000 };
/** What may stand in front of JSON: the bytes of a byte order mark, and JSON's blanks. */
const BEFORE_JSON: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf, 0x09, 0x0a, 0x0d, 0x20]);
const BRACE = 0x7b;
const BRACKET = 0x5b;
/** Longest policy as a part of a form, in bytes. */
export const POLICY_BYTES = 16 * 1024;

/** What a limit is, for the API's description. */
export function describeLimit({ meaning, unit, ...limit }: LimitDefinition): string {
  return `${meaning} In ${unit}; ${limit.default} by default.`;
}

const limits = Object.entries<LimitDefinition>(LIMITS).map(([name, limit]) => {
  const schema = z.number().min(limit.min).max(limit.max).exactOptional();
  return [name, schema.describe(describeLimit(limit))] as const;
});

/** Limits that differ from the service's own, for one picture. */
const PolicySchema = z
  .strictObject({
    ...Object.fromEntries(limits),
    enforce: z
      .array(z.enum(ADVISORY))
      .max(ADVISORY.length)
      .exactOptional()
      .describe('Advisory checks that fail the picture too.'),
    for: z
      .enum(PRESET_NAMES)
      .exactOptional()
      .describe(
        'The generator that the picture is for, whose limits the others override; see docs/presets.md.',
      ),
  })
  .describe("Limits that differ from the service's own, for this picture.");

/** The body as JSON: the picture by its address or in itself. */
export const InspectBodySchema = z.union([
  z.strictObject({
    url: z.string().min(1).describe('Address of the picture, http:// or https://.'),
    policy: PolicySchema.exactOptional(),
  }),
  z.strictObject({
    data: z.string().min(1).describe('The file in base64, or as a data URI.'),
    policy: PolicySchema.exactOptional(),
  }),
]);

/** The part of the query that every route with a picture has. */
export const PictureQuerySchema = z.object({
  // Not an enum here, so that an unknown name is told which ones there are.
  for: z
    .string()
    .optional()
    .describe(
      `The generator that the picture is for: ${PRESET_NAMES.join(', ')}. A policy's own "for" goes before it.`,
    ),
});

/** The query. */
export const InspectQuerySchema = z.object({
  annotated: z
    .enum(['svg', 'png'])
    .optional()
    .describe("Adds the picture with the faces, the head's axes and LivePortrait's crop drawn in."),
  ...PictureQuerySchema.shape,
});

/** The query, read. */
export type InspectQuery = z.output<typeof InspectQuerySchema>;

/** What is to be inspected, and by which limits. */
export type InspectRequest = { readonly policy: PolicyOverrides } & (
  | { readonly url: string }
  | { readonly bytes: Uint8Array }
);

/**
 * Reads a body that is either JSON or a picture's bytes. Which of them is told by its first byte that is not
 * a blank, whatever the content type says: no picture starts with a brace.
 *
 * @param pause awaited between slices of a picture in base64
 * @throws DetectError `body.invalid`, `body.too_large`, `policy.invalid`; `image.empty` for no body at all
 */
export async function parseInspectBody(body: Uint8Array | undefined, pause: Pause): Promise<InspectRequest> {
  if (body === undefined || body.byteLength === 0) throw new DetectError('image.empty');
  if (!startsLikeJson(body)) return { bytes: body, policy: {} };
  const { value, heavy } = readJsonObject(body, JSON_LIMITS, 'data');
  // The schema needs to see some text; which it is, it doesn't look at.
  const seen = heavy === undefined ? value : { ...value, data: 'data' };
  const checked = InspectBodySchema.safeParse(seen);
  if (!checked.success)
    throw policyFault(checked.error) ?? new DetectError('body.invalid', await faultOfMembers(seen));
  const { policy = {}, ...picture } = checked.data;
  if ('url' in picture) return { url: picture.url, policy };
  return { bytes: await decodeBase64(heavy ?? Buffer.from(picture.data), pause), policy };
}

/**
 * Reads a policy written as JSON, a part of a form for instance.
 *
 * @throws DetectError `policy.invalid`
 */
export function parsePolicyText(text: string): PolicyOverrides {
  let policy: unknown;
  try {
    policy = readJsonObject(Buffer.from(text), { ...JSON_LIMITS, bytes: POLICY_BYTES }).value;
  } catch {
    throw new DetectError('policy.invalid', fill(REQUEST_DETAILS.policyNotObject, { most: POLICY_BYTES }));
  }
  const { data, error } = z.object({ policy: PolicySchema }).safeParse({ policy });
  if (error) throw policyFault(error);
  return data.policy;
}

/** Looks no further than JSON may have bytes beside its picture. */
function startsLikeJson(body: Uint8Array): boolean {
  const first = body.subarray(0, JSON_LIMITS.bytes).find((byte) => !BEFORE_JSON.has(byte));
  return first === BRACE || first === BRACKET;
}

/** What is wrong with the policy of a body; undefined where its picture is at fault. Zod's own words would carry values into the log. */
function policyFault({ issues }: z.ZodError): DetectError | undefined {
  const paths = issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? issue.errors.flat().map(({ path }) => path) : [issue.path],
  );
  const inPolicy = paths.filter(([first]) => first === 'policy');
  if (inPolicy.some(([, second]) => second === 'for')) {
    return new DetectError(
      'policy.invalid',
      fill(REQUEST_DETAILS.presetNames, { names: PRESET_NAMES.join(', ') }),
    );
  }
  return inPolicy.length > 0 ? new DetectError('policy.invalid') : undefined;
}

/** What a model of the vendor is made of that is served here: limits of the file, parameters, checks, the answer. */
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { ImageLimits } from '../core/image/limits.ts';
import type { CheckReason, Inspection, Subject } from '../core/inspection.ts';
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { isObject } from './json.ts';
import type { Refusal } from './refusals.ts';

/** The vendor's paths, below `/api/v1/services/aigc/image2video/`. */
export type DetectPath = 'face-detect' | 'aa-detect';

/** The shape of the region that will move: width to height. */
export type Ratio = '1:1' | '3:4';

/** A model, as its file declares it. */
export interface ServedModel {
  /** Its name in `model`. */
  readonly name: string;
  /** The end of the path that it is asked for on. */
  readonly path: DetectPath;
  /** What a file has to be. */
  readonly image: ImageLimits;
  /** What judges, on top of the service's own limits. */
  readonly policy: (ratio: Ratio) => PolicyOverrides;
  /** The values of `parameters.ratio`, the default first; none where there is no such parameter. */
  readonly ratios: readonly Ratio[];
  /** Which share of the key's rate it has: the vendor's own rate for it over the usual 5 a second. */
  readonly rateShare: number;
  /** `output` for a picture that passes. */
  readonly passed: object;
  /** What `output` tells of it as well; only then a whole inspection is asked for. */
  readonly tells?: (found: Found, ratio: Ratio) => object;
  /** `output` for a picture that does not pass. */
  failed(refusal: Refusal): object;
  /** In which of the vendor's words each reason is told. */
  readonly refusals: Readonly<Record<CheckReason, Refusal>>;
}

/** What a model that tells more than a verdict may tell of. */
export type Found = Pick<Inspection, 'image' | 'body'> & { readonly subject: Subject };

/** What is known of a picture when it is answered: of a model that tells no more than a verdict, only that. */
export type Judged = Pick<Inspection, 'pass' | 'reason' | 'body'> &
  Partial<Pick<Inspection, 'subject' | 'image'>>;

/** The vendor's words for a picture that does not pass; null for one that does. */
export function refusalOf({ refusals }: ServedModel, { pass, reason }: Judged): Refusal | null {
  return pass ? null : refusals[reason ?? 'face.none'];
}

/** `output` of the answer. */
export function outputOf(model: ServedModel, judged: Judged, ratio: Ratio): object {
  const refusal = refusalOf(model, judged);
  if (refusal !== null) return model.failed(refusal);
  const { subject, image, body } = judged;
  return {
    ...model.passed,
    ...(subject && image && model.tells?.({ subject, image, ...(body && { body }) }, ratio)),
  };
}

/**
 * The parameter `ratio` of a request. A model without it ignores it, as all that is not known.
 *
 * @throws DetectError `ratio.value`
 */
export function ratioOf({ ratios }: ServedModel, parameters: unknown): Ratio {
  const [usual = '1:1'] = ratios;
  const asked = isObject(parameters) ? parameters.ratio : undefined;
  if (asked === undefined || asked === null || ratios.length === 0) return usual;
  const known = ratios.find((ratio) => ratio === asked);
  if (known !== undefined) return known;
  throw new DetectError('ratio.value', fill(REQUEST_DETAILS.ratios, { ratios: ratios.join(', ') }));
}

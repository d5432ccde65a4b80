import { DetectError } from '../errors.ts';
import { isObject, type JsonLimits, readJsonObject } from './json.ts';
import { type ModelsByName, modelsByName } from './models.ts';
import { type Ratio, ratioOf, type ServedModel } from './served-model.ts';

/** The model that our own paths stand for, too. */
export const MODEL = 'liveportrait-detect';

/** Limit of the contract's request body in bytes: a URL of 8 KiB and generous room for ignored members. */
export const CONTRACT_BODY_LIMIT = 1024 * 1024;
/** Three values are read; the room is for ignored members. */
const LIMITS: JsonLimits = { bytes: CONTRACT_BODY_LIMIT, values: 10_000 };

/** What a well-formed request of the contract asks for. */
export interface DetectRequest {
  /** The model, and how it was called: by its own name, or by one that the operator gave it. */
  readonly model: ServedModel;
  readonly named: string;
  /** `parameters.ratio`, or the model's default. */
  readonly ratio: Ratio;
  /** `input.image_url` as sent, a string that is not empty; whether it is a URL is the download's to judge (row 16). */
  readonly imageUrl: string;
}

/**
 * Reads the body of a request, as rows 9 to 15 of the contract say, in their order: the first fault wins. The parameters come last.
 * A member that is null counts as missing, unknown members are ignored.
 *
 * @param body the bytes as received, UTF-8 with or without a byte order mark; undefined when there was no body
 * @param models those that are served
 * @throws DetectError with the row's token, `ratio.value`
 */
export function parseDetectRequest(
  body: Uint8Array | undefined,
  models: ModelsByName = modelsByName(),
): DetectRequest {
  const { model, input, parameters } = readJsonObject(body, LIMITS).value;
  if (model === undefined || model === null || model === '') throw new DetectError('model.missing');
  if (typeof model === 'string' && !models.has(model)) throw new DetectError('model.unknown');
  if (input === undefined || input === null) throw new DetectError('input.missing');
  if (!isObject(input)) throw new DetectError('input.type');
  const url = input.image_url;
  if (url === undefined || url === null || url === '') throw new DetectError('url.missing');
  if (typeof url !== 'string') throw new DetectError('url.type');
  const served = typeof model === 'string' ? models.get(model) : undefined;
  if (typeof model !== 'string' || served === undefined) throw new DetectError('model.type');
  return { model: served, named: model, imageUrl: url, ratio: ratioOf(served, parameters) };
}

/**
 * Whether a body is for a model that is served on none of the paths here, so that another service may have it.
 *
 * @throws DetectError as {@link parseDetectRequest} does for a body that is not a JSON object
 */
export function isForeign(body: Uint8Array, models: ModelsByName): boolean {
  const { model } = readJsonObject(body, LIMITS).value;
  return typeof model === 'string' && model !== '' && !models.has(model);
}

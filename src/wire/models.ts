/** The vendor's models that are served on its paths. */
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { animateAnyoneDetect } from './models/animate-anyone-detect-gen2.ts';
import { emoDetect } from './models/emo-detect-v1.ts';
import { emojiDetect } from './models/emoji-detect-v1.ts';
import { liveportraitDetect } from './models/liveportrait-detect.ts';
import { wanS2vDetect } from './models/wan2.2-s2v-detect.ts';
import type { DetectPath, ServedModel } from './served-model.ts';

/** All of them. */
export const MODELS: readonly ServedModel[] = [
  liveportraitDetect,
  emoDetect,
  emojiDetect,
  wanS2vDetect,
  animateAnyoneDetect,
];

/** Their names. */
export const MODEL_NAMES: readonly string[] = MODELS.map(({ name }) => name);

/**
 * The vendor's models that were retired with the detectors here: clients upload under the name of the generator and detect under
 * the detector's, so their uploads are for here.
 */
export const UPLOADED_FOR: readonly string[] = [
  'liveportrait',
  'emo-v1',
  'emoji-v1',
  'animate-anyone-gen2',
  'animate-anyone-template-gen2',
];

/** Models by the names that requests may call them by. */
export type ModelsByName = ReadonlyMap<string, ServedModel>;

/** Those of one path. */
export function modelsOn(path: DetectPath, models: ModelsByName): ModelsByName {
  return new Map([...models].filter(([, model]) => model.path === path));
}

/**
 * The models by their own names, and by those that an operator gives them: a dedicated deployment puts its own into `model`.
 *
 * @param others such a name, and the model's own
 * @throws DetectError `option.invalid` for a model that is not served
 */
export function modelsByName(others: Iterable<readonly [string, string]> = []): ModelsByName {
  const models = new Map(MODELS.map((model) => [model.name, model]));
  for (const [other, own] of others) {
    const model = MODELS.find(({ name }) => name === own);
    if (model === undefined) {
      throw new DetectError(
        'option.invalid',
        fill(REQUEST_DETAILS.noModel, { name: own, names: MODEL_NAMES.join(', ') }),
      );
    }
    models.set(other, model);
  }
  return models;
}

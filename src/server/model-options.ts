/** How options name models. */
import { fill, OPTION_PROBLEMS } from '../errors.ts';
import { MODEL_NAMES } from '../wire/models.ts';
import { fail } from './option.ts';

/** What a key may be allowed, and so what a model may be called. */
const NAME = /^[\w.:/-]{1,64}$/;

/** Reads `mine=emo-detect-v1,…`: a name, and the model's own. */
export function modelNames(list: string): readonly (readonly [string, string])[] {
  return entriesOf(list).map((entry) => {
    const [name = '', own, ...rest] = entry.split('=').map((part) => part.trim());
    if (!NAME.test(name) || own === undefined || rest.length > 0)
      return fail(fill(OPTION_PROBLEMS.notNaming, { entry: JSON.stringify(entry) }));
    if (MODEL_NAMES.includes(name)) fail(fill(OPTION_PROBLEMS.ownName, { name }));
    return [name, known(own)] as const;
  });
}

/** Reads a list of models by their own names. */
export function modelList(list: string): readonly string[] {
  return entriesOf(list).map(known);
}

function known(name: string): string {
  if (MODEL_NAMES.includes(name)) return name;
  return fail(fill(OPTION_PROBLEMS.noModel, { name: JSON.stringify(name), names: MODEL_NAMES.join(', ') }));
}

function entriesOf(list: string): string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

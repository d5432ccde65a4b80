/** Who looks at a picture: this browser, or the service. */
import { type Answer, type Inspected, inspect, isAlive, type Source } from '../api/client.ts';
import type { LocalJudge } from '../api/local-judge.ts';
import { problem } from '../api/problem.ts';
import { convert, foreignFormatOf } from '../convert/convert.ts';
import { fileOf, type Judge, type Picture, sourceOf } from './picture.ts';

/** What came of a look. */
export interface Look {
  readonly answer: Answer<Inspected>;
  readonly by: Judge;
}

/**
 * How pictures are looked at.
 *
 * @param hasService whether there is a service now
 * @returns looks at a picture once, with a key for the service; it rejects where the signal ends it
 */
export function createLook(
  judge: LocalJudge,
  hasService: () => boolean,
): (picture: Picture, key: string, signal: AbortSignal) => Promise<Look> {
  /** Files are judged here, if this browser can; addresses by the service, since pages may not load pictures from elsewhere. */
  const lookAt = async (source: Source, key: string, signal: AbortSignal): Promise<Look> => {
    if (source.kind === 'file') {
      const answer = await judge.inspect(source.file, signal);
      if (answer.ok)
        return { answer: { ok: true, value: { inspection: answer.value, picture: null } }, by: 'browser' };
      if (answer.problem.code !== 'inspector.unavailable' || !hasService()) return { answer, by: 'browser' };
    }
    return { answer: await inspect(source, key, signal), by: 'service' };
  };
  // A file of a format that is not taken is converted, if this browser can, and looked at then.
  return async (picture, key, signal) => {
    const first = await lookAt(sourceOf(picture), key, signal);
    const file = fileOf(picture);
    const isForeign = !first.answer.ok && first.answer.problem.code === 'image.unsupported';
    if (!isForeign || file === null || picture.converted.value !== null) return first;
    const format = await foreignFormatOf(file);
    if (format === '') return first;
    const made = await convert(file, signal);
    signal.throwIfAborted();
    if (made === 'not loaded') {
      const isLost = hasService() && !(await isAlive());
      return {
        ...first,
        answer: { ok: false, problem: problem(isLost ? 'connection.lost' : 'inspector.unavailable') },
      };
    }
    if (made === null)
      return { ...first, answer: { ok: false, problem: problem('image.unsupported', '', '', format) } };
    picture.converted.value = { file: made.file, format };
    picture.shown.value = made.file;
    return lookAt(sourceOf(picture), key, signal);
  };
}

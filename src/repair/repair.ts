import { inLanguage } from '../core/checks/in-language.ts';
import { type Preset, wantsFrame } from '../core/checks/preset.ts';
import { presetOf } from '../core/checks/presets.ts';
import { turnsToUpright } from '../core/checks/rules/upright.ts';
import { readPictureInfo } from '../core/image/picture.ts';
import type { CheckReason, Face, Inspection, QuarterTurns } from '../core/inspection.ts';
import { DEFAULT_LANGUAGE, type Language, wordsIn } from '../core/words/catalogue.ts';
import { messageIn } from '../core/words/details.ts';
import { errorWords } from '../core/words/errors.ts';
import type { RepairWords } from '../core/words/words.ts';
import { DetectError, type ErrorCode } from '../errors.ts';
import { chooseFrame, type Framing } from './framing.ts';
import { MAX_REPAIR_BYTES, REPAIR_LIMIT_MS } from './limits.ts';
import { planRepair, type RepairStep, stepsTaken } from './plan.ts';
import { CHANGEABLE, MENDABLE } from './prospect.ts';
import { Reader, type ReaderOptions } from './reader.ts';
import { adviceOf, type Inspect } from './search.ts';
import { type SourceFormat, sniffSource } from './source.ts';
import { isAsWanted } from './wanted-frame.ts';

/** What a repair needs. */
export interface RepairDeps extends Pick<ReaderOptions, 'execArgv' | 'engine'> {
  readonly inspect: Inspect;
  /** Ends the work; it ends after {@link REPAIR_LIMIT_MS} in any case. */
  readonly signal?: AbortSignal;
}

/** What is wanted of a repair. */
export interface RepairOptions {
  /** The face to crop to, from 1 in the order of an inspection's `faces`, the largest first. */
  readonly face?: number | undefined;
  /**
   * The generator that the picture is for, a preset's name: LivePortrait if left out. `inspect` has to judge by the same one; the
   * result is then cropped and scaled as it wants.
   */
  readonly for?: string | undefined;
  /** What advice and steps are written in; English if left out. */
  readonly language?: Language | undefined;
}

/** A picture that passes. */
export interface RepairedPicture {
  readonly bytes: Uint8Array;
  readonly format: SourceFormat;
  readonly inspection: Inspection;
}

/** What came of a repair. */
export interface Repair {
  /** The picture that passes: the repaired one, or the given one where there was nothing to do; null for none. */
  readonly picture: RepairedPicture | null;
  /** What was done for it; empty where nothing had to be. */
  readonly steps: readonly RepairStep[];
  /** Why no passing picture could be made; null where one was. */
  readonly reason: CheckReason | ErrorCode | null;
  /** What the person who sees it can do; empty where there is a picture that passes. */
  readonly advice: string;
  /** The inspection of the given picture; null where it was refused. */
  readonly before: Inspection | null;
  /** Why the given picture was refused before anyone looked for a face; null where it was inspected. */
  readonly refusal: DetectError | null;
  /** The faces of the given picture, the largest first, in pixels of it, upright: turned if the steps turn it. */
  readonly faces: readonly Face[];
}

type Given = Pick<Repair, 'before' | 'refusal' | 'faces'>;

/**
 * Makes of a picture one that passes, where that can be done without altering a face: by converting, turning
 * upright, cropping, scaling down and compressing. Nothing is enlarged, and pixels are resampled once at most. The
 * result is inspected, and only one that passes is given. What passes already is given byte for byte.
 *
 * @param bytes the whole file; not changed
 * @throws DetectError `inspect.*`; `deadline.passed`; `fix.face` for a face that is not there; `policy.invalid` for a generator that
 *   is not known; or why the signal was aborted. A picture that cannot be repaired is not an error.
 */
export async function repair(
  bytes: Uint8Array,
  deps: RepairDeps,
  { face, for: generator = 'liveportrait', language = DEFAULT_LANGUAGE }: RepairOptions = {},
): Promise<Repair> {
  const preset = presetOf(generator);
  const { repair: words } = wordsIn(language);
  const told: Inspect = async (view) => inLanguage(await deps.inspect(view), language);
  const given = await inspectGiven(bytes, told);
  const { before, refusal } = given;
  if (refusal !== null && (!MENDABLE.has(refusal.code) || bytes.length > MAX_REPAIR_BYTES)) {
    return refused(given, refusal, language);
  }
  if (before !== null && (face === undefined || before.subject?.index === face - 1)) {
    const { image, pass, reason, faces } = before;
    if (pass && image.orientation === 1 && isAsWanted(preset, before)) {
      const picture = { bytes, format: image.format, inspection: before };
      return { ...given, picture, steps: [], reason: null, advice: '' };
    }
    if (!pass && !CHANGEABLE.has(reason) && reason !== 'face.turned')
      return failed(given, { faces, seen: { reason, advice: adviceOf(before) } });
  }
  const limit = AbortSignal.timeout(REPAIR_LIMIT_MS);
  const signal = AbortSignal.any(deps.signal ? [limit, deps.signal] : [limit]);
  const inspect: Inspect = (view) => {
    signal.throwIfAborted();
    return told(view);
  };
  try {
    // Asked here too: a process need not be started for what cannot be a picture.
    sniffSource(bytes);
    const turns = turnsFor(before);
    const reader = await Reader.open(bytes, { ...deps, signal, turns });
    try {
      return await repairOpened(reader, inspect, given, preset, { face, words });
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error === limit.reason) throw new DetectError('deadline.passed', undefined, { cause: error });
    if (error instanceof DetectError && error.code.startsWith('image.'))
      return refused(given, error, language);
    throw error;
  }
}

/** Quarter turns that a picture lacks, by its face. */
function turnsFor(before: Inspection | null): QuarterTurns {
  const isTurned = before?.reason === 'face.turned' && before.subject !== null;
  return isTurned ? turnsToUpright(before.subject.pose.roll) : 0;
}

async function inspectGiven(bytes: Uint8Array, inspect: Inspect): Promise<Given> {
  try {
    readPictureInfo(bytes);
    // A copy: whoever inspects may hand its bytes to a thread, which takes them away from here.
    const before = await inspect(new Uint8Array(bytes));
    return { before, refusal: null, faces: before.faces };
  } catch (error) {
    if (!(error instanceof DetectError && error.code.startsWith('image.'))) throw error;
    return { before: null, refusal: error, faces: [] };
  }
}

async function repairOpened(
  reader: Reader,
  inspect: Inspect,
  given: Given,
  preset: Preset,
  { face, words }: { readonly face: number | undefined; readonly words: RepairWords },
): Promise<Repair> {
  // What was seen of a picture before it was turned is of no use for where things are in it.
  const before = reader.info.turns === 0 ? given.before : null;
  const framing = await chooseFrame(reader, inspect, before, preset, face, words);
  if (framing.frame === null) return failed(given, framing);
  const recipient = wantsFrame(preset) ? { title: preset.title, size: preset.crop?.size ?? null } : undefined;
  const plan = planRepair(reader.info, framing.frame, framing.because, words, recipient);
  const rendered = await reader.render(plan);
  const inspection = await inspect(new Uint8Array(rendered.bytes));
  const { pass, reason } = inspection;
  if (!pass) return failed(given, { ...framing, seen: { reason, advice: adviceOf(inspection) } });
  return {
    ...given,
    faces: framing.faces,
    picture: { bytes: rendered.bytes, format: rendered.format, inspection },
    steps: stepsTaken(plan, rendered, words),
    reason: null,
    advice: '',
  };
}

function failed(given: Given, { faces, seen }: Pick<Framing, 'faces' | 'seen'>): Repair {
  return { ...given, faces, picture: null, steps: [], reason: seen.reason, advice: seen.advice };
}

function refused(given: Given, error: DetectError, language: Language): Repair {
  const told = [messageIn(language, error), errorWords(error.code, language).advice];
  return { ...given, picture: null, steps: [], reason: error.code, advice: wordsIn(language).join(told) };
}

/// <reference lib="esnext.disposable" preserve="true" />

import { DetectError } from '../errors.ts';
import { BodyFinder } from './body/find-body.ts';
import { judge } from './checks/judge.ts';
import { type Policy, type PolicyOverrides, parsePolicy } from './checks/policy.ts';
import { qualityOf } from './checks/quality.ts';
import { isAsked } from './checks/rule.ts';
import { ADVISORY, RULES } from './checks/rules.ts';
import { livePortraitCrop } from './face/crop.ts';
import { FaceFinder } from './face/find.ts';
import type { Networks } from './face/networks.ts';
import type { ImageLimits } from './image/limits.ts';
import type { Picture } from './image/picture.ts';
import type { PixelSource, Pixels } from './image/pixels.ts';
import type { Body, ImageFormat, Inspection } from './inspection.ts';
import { openKernels } from './kernels/kernels.ts';
import { loadHeads } from './models/heads.ts';
import { checkOptionNames, INSPECT_OPTIONS } from './option-names.ts';
import { checkLanguage, DEFAULT_LANGUAGE, type Language, wordsIn } from './words/catalogue.ts';
import type { Words } from './words/words.ts';

/** What a place where pictures are judged lends to the judge: pixels, and what networks answer. */
export interface Engine<Input, Format = ImageFormat> {
  readonly networks: Networks;
  /**
   * Looks at what a picture says of itself.
   *
   * @param limits what a file has to be; the contract's if left out
   * @throws DetectError `image.*`
   */
  open(input: Input, limits?: ImageLimits): Picture<Format>;
}

/** The stages of an inspection, in order. */
export type Stage = 'header' | 'decode' | 'detect' | 'mesh' | 'checks';

/** Options of {@link createInspector}. */
export interface InspectorOptions {
  /** Limits that differ from the defaults, for every picture. */
  readonly policy?: PolicyOverrides;
  /** What advice is written in; English if left out. `inLanguage` shows an inspection in another one. */
  readonly language?: Language | undefined;
}

/** Options of {@link Inspector.inspect}. */
export interface InspectOptions {
  /** Limits that differ from the inspector's own, for this picture. */
  readonly policy?: PolicyOverrides;
  /** What the file has to be; LivePortrait's own limits if left out. */
  readonly limits?: ImageLimits;
  /** Ends the inspection between two stages. */
  readonly signal?: AbortSignal;
  /** Called at the end of each stage, `decode` with the wait for its turn; the core has no clock of its own. */
  readonly onStage?: (stage: Stage) => void;
}

/**
 * Judges pictures. It holds the models, some 40 MB, and looks at one picture at a time, in the order of the calls; the next
 * is decoded meanwhile, and others wait.
 */
export interface Inspector<Input = Uint8Array, Format = ImageFormat, Options = InspectOptions> {
  /**
   * Inspects one picture. The same bytes give the same inspection, to the last digit.
   *
   * @param picture in Node the bytes of the whole file, JPEG, PNG, BMP or WebP; they must not change before the promise settles
   * @throws DetectError `image.*` for a picture that is refused before anyone looks for a face, `policy.invalid`,
   *   `option.invalid` for an option that does not exist, `inspect.aborted`, `inspector.closed`, or `inspect.failed` for a fault of ours
   */
  inspect(picture: Input, options?: Options): Promise<Inspection<Format>>;
  /** Frees the models. Inspections under way end first, and none begins any more. Closing twice is closing once. */
  close(): Promise<void>;
  /** As {@link close}: `await using inspector = await createInspector()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes an inspector.
 *
 * @param openEngine is called once the options are known to be right
 * @throws DetectError `policy.invalid`, `option.invalid` for a language that there are no words in, `inspector.unavailable`, and what
 *   `openEngine` throws
 */
export async function createInspectorOn<Input, Format = ImageFormat>(
  openEngine: () => Promise<Engine<Input, Format>>,
  options: InspectorOptions = {},
): Promise<Inspector<Input, Format>> {
  const policy = parsePolicy(options.policy, ADVISORY);
  const words = wordsIn(checkLanguage(options.language ?? DEFAULT_LANGUAGE));
  // Before the models: where these do not run, none has to be loaded.
  openKernels();
  const engine = await openEngine();
  const finder = new FaceFinder(engine.networks, loadHeads());
  let bodies: BodyFinder | undefined;
  const findBody = async (pixels: Pixels) => {
    bodies ??= new BodyFinder(await engine.networks.body());
    return bodies.find(pixels);
  };
  // A picture may be decoded, on another thread, when the one before the last is done, and looked at when the last one is:
  // so both threads work, and memory has two pictures at most.
  let last: Promise<unknown> = Promise.resolve();
  let beforeLast = last;
  let closed: Promise<void> | undefined;
  const free = async () => {
    await Promise.all([beforeLast, last]);
    await engine.networks.close();
  };
  const close = () => {
    closed ??= free();
    return closed;
  };
  return {
    async inspect(picture, options = {}) {
      checkOptionNames(options, INSPECT_OPTIONS);
      if (closed !== undefined) throw new DetectError('inspector.closed');
      const turn = last;
      const inspection = beforeLast.then(() =>
        inspect(
          { finder, findBody, policy, words, turn, open: () => engine.open(picture, options.limits) },
          options,
        ),
      );
      beforeLast = last;
      last = inspection.catch(() => undefined);
      return inspection;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Whether a policy asks for anything of the body. */
function wantsBody(policy: Policy): boolean {
  return RULES.some((rule) => rule.ofBody === true && isAsked(rule, policy));
}

/** What one inspection is done with. */
interface Task<Format> {
  readonly finder: FaceFinder;
  readonly findBody: (pixels: Pixels) => Promise<Body | undefined>;
  /** The inspector's own. */
  readonly policy: Policy;
  readonly words: Words;
  /** Settles when the picture before this one is done. */
  readonly turn: Promise<unknown>;
  readonly open: () => Picture<Format>;
}

async function inspect<Format>(
  { finder, findBody, policy: base, words, turn, open }: Task<Format>,
  { policy: overrides, signal, onStage }: InspectOptions,
): Promise<Inspection<Format>> {
  const endStage = (stage: Stage) => {
    onStage?.(stage);
    if (signal?.aborted) throw new DetectError('inspect.aborted', undefined, { cause: signal.reason });
  };
  let source: PixelSource | undefined;
  try {
    const policy = parsePolicy(overrides, ADVISORY, base);
    const picture = open();
    endStage('header');
    const { missingBytes, ...pixels } = await picture.decode();
    source = pixels;
    const image = { ...picture.info, missingBytes };
    await turn;
    endStage('decode');
    const { faces, subject } = await finder.find(source, endStage);
    const body = wantsBody(policy) ? await findBody(source.coarse) : undefined;
    const judgement = judge({ image, faces, subject, ...(body && { body }) }, policy, words);
    const quality = qualityOf({ image, faces, subject });
    const crop = subject && livePortraitCrop(Float32Array.from(subject.mesh));
    endStage('checks');
    return { image, faces, subject, ...(body && { body }), ...judgement, crop, quality };
  } catch (error) {
    if (error instanceof DetectError) throw error;
    throw new DetectError('inspect.failed', undefined, { cause: error });
  } finally {
    source?.close?.();
  }
}

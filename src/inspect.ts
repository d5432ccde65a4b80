/// <reference lib="esnext.disposable" preserve="true" />
import { judge } from './checks/judge.ts';
import { type Policy, type PolicyOverrides, parsePolicy } from './checks/policy.ts';
import { ADVISORY } from './checks/rules.ts';
import { livePortraitCrop } from './face/crop.ts';
import { FaceFinder, type PixelSource } from './face/find.ts';
import { decodeImage, finerEdge, firstEdge, WORKING_EDGE } from './image/decode.ts';
import { readHeader } from './image/header.ts';
import { checkBytes, checkDimensions } from './image/limits.ts';
import type { ImageHeader, ImageInfo, Inspection } from './inspection.ts';
import { loadHeads } from './models/heads.ts';
import { openSessions } from './models/sessions.ts';
import { DetectError } from './wire/errors.ts';

/** The stages of an inspection, in order. */
export type Stage = 'header' | 'decode' | 'detect' | 'mesh' | 'checks';

/** Options of {@link createInspector}. */
export interface InspectorOptions {
  /** Limits that differ from the defaults, for every picture. */
  readonly policy?: PolicyOverrides;
}

/** Options of {@link Inspector.inspect}. */
export interface InspectOptions {
  /** Limits that differ from the inspector's own, for this picture. */
  readonly policy?: PolicyOverrides;
  /** Ends the inspection between two stages. */
  readonly signal?: AbortSignal;
  /** Called at the end of each stage, `decode` with the wait for its turn; the core has no clock of its own. */
  readonly onStage?: (stage: Stage) => void;
}

/**
 * Judges pictures. It holds the models, some 40 MB, and looks at one picture at a time, in the order of the calls; the next
 * is decoded meanwhile, and others wait.
 */
export interface Inspector {
  /**
   * Inspects one picture. The same bytes give the same inspection, to the last digit.
   *
   * @param bytes the whole file, JPEG, PNG, BMP or WebP; it must not change before the promise settles
   * @throws DetectError `image.*` for a picture that is refused before anyone looks for a face, `policy.invalid`,
   *   `inspect.aborted`, `inspector.closed`, or `inspect.failed` for a fault of ours
   */
  inspect(bytes: Uint8Array, options?: InspectOptions): Promise<Inspection>;
  /** Frees the models. Inspections under way end first, and none begins any more. Closing twice is closing once. */
  close(): Promise<void>;
  /** As {@link close}: `await using inspector = await createInspector()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Loads the models and makes an inspector.
 *
 * @throws DetectError `policy.invalid`, `inspector.unavailable`
 */
export async function createInspector(options: InspectorOptions = {}): Promise<Inspector> {
  const policy = parsePolicy(options.policy, ADVISORY);
  const sessions = await openSessions();
  const finder = new FaceFinder(sessions, loadHeads());
  // A picture may be decoded, on another thread, when the one before the last is done, and looked at when the last one is:
  // so both threads work, and memory has two pictures at most.
  let last: Promise<unknown> = Promise.resolve();
  let beforeLast = last;
  let closed: Promise<void> | undefined;
  const free = async () => {
    await Promise.all([beforeLast, last]);
    await sessions.close();
  };
  const close = () => {
    closed ??= free();
    return closed;
  };
  return {
    inspect(bytes, options = {}) {
      if (closed !== undefined) return Promise.reject(new DetectError('inspector.closed'));
      const turn = last;
      const inspection = beforeLast.then(() => inspect(finder, bytes, policy, turn, options));
      beforeLast = last;
      last = inspection.catch(() => undefined);
      return inspection;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function inspect(
  finder: FaceFinder,
  bytes: Uint8Array,
  base: Policy,
  turn: Promise<unknown>,
  { policy: overrides, signal, onStage }: InspectOptions,
): Promise<Inspection> {
  const endStage = (stage: Stage) => {
    onStage?.(stage);
    if (signal?.aborted) throw new DetectError('inspect.aborted', undefined, { cause: signal.reason });
  };
  try {
    const policy = parsePolicy(overrides, ADVISORY, base);
    const opened = readImageInfo(bytes);
    endStage('header');
    const { missingBytes, ...source } = await openPixels(bytes, opened);
    const image = { ...opened, missingBytes };
    await turn;
    endStage('decode');
    const { faces, subject } = await finder.find(source, endStage);
    const judgement = judge({ image, faces, subject }, policy);
    const crop = subject && livePortraitCrop(Float32Array.from(subject.mesh));
    endStage('checks');
    return { image, faces, subject, ...judgement, crop };
  } catch (error) {
    if (error instanceof DetectError) throw error;
    throw new DetectError('inspect.failed', undefined, { cause: error });
  }
}

/** A picture before it is decoded. */
type OpenedImage = Omit<ImageInfo, 'missingBytes'>;

/**
 * What can be said of a picture before any pixel is decoded.
 *
 * @throws DetectError `image.*`
 */
export function readImageInfo(bytes: Uint8Array): OpenedImage {
  if (!(bytes instanceof Uint8Array)) {
    throw new DetectError(
      'image.unsupported',
      'A picture is given as a Uint8Array with the bytes of its file.',
    );
  }
  checkBytes(bytes.length);
  const header = readHeader(bytes, true);
  checkDimensions(header);
  return { ...header, bytes: bytes.length, ...uprightSize(header) };
}

function uprightSize({ width, height, orientation }: ImageHeader) {
  return orientation >= 5
    ? { uprightWidth: height, uprightHeight: width }
    : { uprightWidth: width, uprightHeight: height };
}

async function openPixels(
  bytes: Uint8Array,
  image: OpenedImage,
): Promise<PixelSource & Pick<ImageInfo, 'missingBytes'>> {
  const first = firstEdge(image);
  const finest = Math.min(WORKING_EDGE, Math.max(image.width, image.height));
  const decoded = new Map<number, ReturnType<typeof decodeImage>>();
  const decode = (maxEdge: number) => {
    const known = decoded.get(maxEdge) ?? decodeImage(bytes, image, { maxEdge });
    decoded.set(maxEdge, known);
    return known;
  };
  const coarse = await decode(first);
  return {
    coarse,
    missingBytes: coarse.missingBytes,
    width: image.uprightWidth,
    height: image.uprightHeight,
    async finer(scale) {
      const edge = finerEdge(image, first * scale);
      return first >= finest || edge <= first ? null : decode(edge);
    },
  };
}

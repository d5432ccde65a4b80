/** A service, from where it is called. */
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Face, Inspection } from '../core/inspection.ts';
import { DETECT_BASE, FIX_PATH, INSPECT_PATH } from '../wire/paths.ts';
import { isInspection } from './fits.ts';
import { Jobs } from './jobs.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { addressOf, blobOf, blobOfDataUri, type Picture, type PictureFile } from './picture.ts';
import { objectOf, unexpected } from './reading.ts';
import { type Ask, type Call, Sender } from './sender.ts';
import { upload } from './upload.ts';

/** Largest answers in bytes: a verdict; an inspection, whose picture of 1280 pixels is 7 MB at most; a repaired picture of 10 MiB as base64. */
const MOST_VERDICT_BYTES = 1024 * 1024;
const MOST_INSPECTION_BYTES = 32 * 1024 * 1024;
const MOST_FIX_BYTES = 64 * 1024 * 1024;

/** The model that is meant where none is named, and the one that has a path of its own. */
const MODEL = 'liveportrait-detect';
const BODY_MODEL = 'animate-anyone-detect-gen2';

/** How a verdict is wanted. */
export interface DetectOptions extends CallOptions {
  /** `liveportrait-detect` if left out, or another one that the service has. */
  readonly model?: string | undefined;
  /** As the model takes them. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** A verdict. */
export interface Detected {
  readonly pass: boolean;
  /** Why not, in the vendor's words; empty for a pass. */
  readonly message: string;
  /** Why not, as a token: `face.profile`; null for a pass, and from a service that tells none. */
  readonly reason: string | null;
  /** `output` of the answer as it came: other models tell boxes there. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** How an inspection is wanted. */
export interface InspectOptions extends CallOptions {
  /** Limits that differ from the service's own, and the generator that the picture is for. */
  readonly policy?: PolicyOverrides | undefined;
  /** Asks for the picture with what was found drawn in. */
  readonly annotated?: 'svg' | 'png' | undefined;
}

/** An inspection by a service. */
export interface Inspected {
  readonly inspection: Inspection;
  /** Null where it was not asked for. */
  readonly annotated: Blob | null;
  readonly requestId: string;
}

/** How a repair is wanted. */
export interface FixOptions extends CallOptions {
  /** What the result has to pass; see {@link InspectOptions.policy}. */
  readonly policy?: PolicyOverrides | undefined;
  /** The face to crop to, from 1, the largest first. */
  readonly face?: number | undefined;
}

/** What came of a repair. */
export interface Fixed {
  /** The picture that passes: the given one where there was nothing to do; null where there is none. */
  readonly picture: Blob | null;
  /** Why there is none, as a token; null where there is one. */
  readonly reason: string | null;
  /** What the person who sees it can do; empty where there is a picture. */
  readonly advice: string;
  /** What was done, and why. */
  readonly steps: readonly { readonly action: string; readonly detail: string }[];
  /** The faces of the given picture, the largest first. */
  readonly faces: readonly Face[];
  /** The inspection of the given picture; null where it was refused before anyone looked for a face. */
  readonly before: Inspection | null;
  /** The inspection of the picture that passes. */
  readonly after: Inspection | null;
  readonly requestId: string;
}

/** Calls of one service. All of them reject with `ServiceError`. */
export interface Client {
  /** The vendor's call: does it pass? A file is uploaded first, as the vendor's clients do. */
  detect(picture: Picture, options?: DetectOptions): Promise<Detected>;
  /** Everything that is known of a picture. */
  inspect(picture: Picture, options?: InspectOptions): Promise<Inspected>;
  /** A picture that passes, made of one that does not. */
  fix(picture: Picture, options?: FixOptions): Promise<Fixed>;
  readonly jobs: Jobs;
}

/**
 * A client of a service. It holds no connection and needs no closing.
 *
 * @throws DetectError `option.invalid`, `key.invalid`
 */
export function createClient(options: ClientOptions): Client {
  const sender = new Sender(options);
  return {
    detect: (picture, own = {}) => sender.call(own, (call) => detect(sender, call, picture, own)),
    inspect: (picture, own = {}) => sender.call(own, (call) => inspect(sender, call, picture, own)),
    fix: (picture, own = {}) => sender.call(own, (call) => fix(sender, call, picture, own)),
    jobs: new Jobs(sender),
  };
}

async function detect(
  sender: Sender,
  call: Call,
  picture: Picture,
  { model = MODEL, parameters = {} }: DetectOptions,
): Promise<Detected> {
  const url = addressOf(picture) ?? (await upload(sender, call, model, blobOf(picture as PictureFile)));
  const task = model === BODY_MODEL ? 'aa-detect' : 'face-detect';
  const ask: Ask = {
    method: 'POST',
    to: `${DETECT_BASE}${task}`,
    headers: {
      'content-type': 'application/json',
      ...(url.startsWith('oss://') && { 'x-dashscope-ossresourceresolve': 'enable' }),
    },
    body: JSON.stringify({ model, input: { image_url: url }, parameters }),
    repeat: 'always',
  };
  return await sender.send(call, ask, async (response) => {
    const { output, request_id: requestId } = await objectOf<{
      readonly output: Record<string, unknown>;
      readonly request_id: string;
    }>(response, MOST_VERDICT_BYTES, ({ output }) => typeof output === 'object' && output !== null);
    // Each model has its own word for it; one has none, and says why not instead.
    const pass = output.pass ?? output.check_pass ?? output.code === undefined;
    if (typeof pass !== 'boolean') throw unexpected(response);
    const said = output.message ?? output.reason;
    const message = pass || typeof said !== 'string' ? '' : said;
    return { pass, message, reason: response.headers.get('x-reason'), output, requestId };
  });
}

async function inspect(
  sender: Sender,
  call: Call,
  picture: Picture,
  { policy, annotated: wanted }: InspectOptions,
): Promise<Inspected> {
  const query = wanted === undefined ? '' : `?${new URLSearchParams({ annotated: wanted })}`;
  const ask = pictureAsk(`${INSPECT_PATH}${query}`, picture, policy, false);
  return await sender.send(call, ask, async (response) => {
    type Body = Inspection & { readonly request_id: string; readonly annotated?: string };
    const {
      request_id: requestId,
      annotated,
      ...inspection
    } = await objectOf<Body>(response, MOST_INSPECTION_BYTES, isInspection);
    const drawn = typeof annotated === 'string' ? blobOfDataUri(annotated) : null;
    if (drawn === undefined) throw unexpected(response);
    return { inspection, annotated: drawn, requestId };
  });
}

async function fix(
  sender: Sender,
  call: Call,
  picture: Picture,
  { policy, face }: FixOptions,
): Promise<Fixed> {
  const query = face === undefined ? '' : `?${new URLSearchParams({ face: String(face) })}`;
  const ask = pictureAsk(`${FIX_PATH}${query}`, picture, policy, true);
  return await sender.send(call, ask, async (response) => {
    type Body = Omit<Fixed, 'picture' | 'requestId'> & {
      readonly image: string | null;
      readonly request_id: string;
    };
    const {
      image,
      reason,
      advice,
      steps,
      faces,
      before,
      after,
      request_id: requestId,
    } = await objectOf<Body>(
      response,
      MOST_FIX_BYTES,
      ({ steps, image }) => Array.isArray(steps) && (image === null || typeof image === 'string'),
    );
    const fixed = image === null ? null : blobOfDataUri(image);
    if (fixed === undefined) throw unexpected(response);
    return { picture: fixed, reason, advice, steps, faces, before, after, requestId };
  });
}

/** A picture on one of our own paths: its address as JSON, its bytes as they are, or as a form with a policy. */
function pictureAsk(to: string, picture: Picture, policy: PolicyOverrides = {}, isToRepair: boolean): Ask {
  const url = addressOf(picture);
  const hasPolicy = Object.keys(policy).length > 0;
  const ask = { method: 'POST', to, repeat: 'always' } as const;
  if (url !== undefined) {
    const body = JSON.stringify({ url, ...(hasPolicy && { policy }) });
    return { ...ask, headers: { 'content-type': 'application/json' }, body };
  }
  const file = blobOf(picture as PictureFile, isToRepair);
  if (!hasPolicy) return { ...ask, headers: { 'content-type': 'application/octet-stream' }, body: file };
  const form = new FormData();
  form.set('policy', JSON.stringify(policy));
  form.set('image', file);
  return { ...ask, body: form };
}

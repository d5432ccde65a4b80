/** One go before the camera, from opening it to the picture. */
import type { BrowserInspector } from '../browser/inspector.ts';
import type { PageFormat } from '../browser/protocol.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import { BestFrame, type Frame } from './best-frame.ts';
import { CameraError, closeCamera, type Facing, openCamera, type Sight, watchSight } from './camera.ts';
import { newestFrames } from './frames.ts';
import { type Guidance, guide } from './guide.ts';
import { encodePicture } from './picture.ts';
import { isGood, type Steadiness, steady, UNSTEADY } from './steadiness.ts';

/** A picture that was taken. */
export interface Taken {
  /** A JPEG; not mirrored. */
  readonly picture: Blob;
  /** What is known of that file. */
  readonly inspection: Inspection<PageFormat>;
}

/** What a go needs. */
export interface Setting {
  /** Plays what the camera sees. */
  readonly video: HTMLVideoElement;
  readonly facing: Facing;
  readonly policy: PolicyOverrides;
  readonly inspector: Promise<BrowserInspector>;
  /** Ends the go. */
  readonly signal: AbortSignal;
  /** Called when the preview plays. */
  onPlaying(): void;
  /** Called when the camera stops sending for a while, and when it goes on; before the preview plays, too. */
  onMuted(isMuted: boolean): void;
  /** Called for each frame that has been judged; `true` has the picture taken now, good or not. */
  onFrame(inspection: Inspection<PageFormat>, steadiness: Steadiness): boolean;
  /** Called while the picture is made. */
  onTaking(): void;
}

/**
 * Watches until all is good, and takes the best picture of the last second. The camera is given back at the end of any kind.
 *
 * @returns null where the signal has ended it
 * @throws CameraError, and what the inspector throws
 */
export async function capture(setting: Setting): Promise<Taken | null> {
  const { video, facing, signal } = setting;
  const stream = await openCamera(facing);
  const lost = new AbortController();
  for (const track of stream.getTracks()) track.addEventListener('ended', () => lost.abort());
  // At once, whatever is waited for: a light that stays on frightens people.
  const giveBack = () => {
    closeCamera(stream);
    if (video.srcObject === stream) video.srcObject = null;
  };
  signal.addEventListener('abort', giveBack);
  try {
    if (signal.aborted) return null;
    video.srcObject = stream;
    const sight = watchSight(stream, (isMuted) => setting.onMuted(isMuted));
    await video.play();
    setting.onPlaying();
    const inspector = await setting.inspector;
    const taken = await watch(setting, inspector, sight, AbortSignal.any([signal, lost.signal]));
    if (taken === null && lost.signal.aborted) throw new CameraError('lost');
    return taken;
  } catch (error) {
    // A preview whose camera is taken away fails in ways of its own.
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener('abort', giveBack);
    giveBack();
  }
}

async function watch(
  setting: Setting,
  inspector: BrowserInspector,
  sight: Sight,
  signal: AbortSignal,
): Promise<Taken | null> {
  const { policy } = setting;
  const best = new BestFrame();
  let guidance: Guidance | null = null;
  let steadiness = UNSTEADY;
  let shape = Number.POSITIVE_INFINITY;
  let { since } = sight;
  try {
    for await (const { bitmap, at } of newestFrames(setting.video, () => shape, signal)) {
      const inspection = at < sight.since ? null : await judge(bitmap, inspector, policy);
      if (sight.since !== since) {
        // What was seen before the camera stopped for a while is out of date.
        since = sight.since;
        guidance = null;
        steadiness = UNSTEADY;
        best.clear();
      }
      if (inspection === null || at < since) {
        bitmap.close();
        continue;
      }
      // A person cannot change the camera's shape: where the policy wants another, the middle is taken from now on.
      shape = inspection.checks.find(({ id }) => id === 'shape')?.limit ?? shape;
      guidance = guide({ inspection, at }, guidance);
      steadiness = steady(steadiness, guidance.instruction, at);
      best.add({ bitmap, inspection, at, isReady: guidance.instruction === 'ready' });
      if (signal.aborted) return null;
      const isAsked = setting.onFrame(inspection, steadiness);
      if (!isAsked && !isGood(steadiness, at)) continue;
      setting.onTaking();
      const taken = await take(best.take(), inspector, policy);
      if (signal.aborted) return null;
      // What is good in a frame and not in its file was at a limit.
      if (taken !== null && (isAsked || taken.inspection.pass)) return taken;
      steadiness = UNSTEADY;
    }
    return null;
  } finally {
    best.clear();
  }
}

async function judge(bitmap: ImageBitmap, inspector: BrowserInspector, policy: PolicyOverrides) {
  try {
    return await inspector.inspect(bitmap, { policy });
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

async function take(
  frame: Frame | null,
  inspector: BrowserInspector,
  policy: PolicyOverrides,
): Promise<Taken | null> {
  if (frame === null) return null;
  try {
    const picture = await encodePicture(frame.bitmap);
    return { picture, inspection: await inspector.inspect(picture, { policy }) };
  } finally {
    frame.bitmap.close();
  }
}

/** The camera: lent by the browser, or the reason why not. */
import type { Trouble } from './words.ts';

/** Which camera of a phone: that beside the screen, or that on the back. */
export type Facing = 'user' | 'environment';

/** As many pixels as the judge looks at; more would cost time and change nothing. */
const SIZE = { width: 1280, height: 720 } as const;

/** Why the camera cannot be used. */
export class CameraError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(trouble, options);
    this.trouble = trouble;
  }
}

/** @throws CameraError */
export async function openCamera(facing: Facing): Promise<MediaStream> {
  if (!globalThis.isSecureContext) throw new CameraError('insecure');
  if (navigator.mediaDevices?.getUserMedia === undefined) throw new CameraError('unsupported');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: facing, width: { ideal: SIZE.width }, height: { ideal: SIZE.height } },
    });
  } catch (cause) {
    throw new CameraError(troubleOf(cause), { cause });
  }
}

/** Gives the camera back. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** From when on a camera's frames show something. */
export interface Sight {
  /** In milliseconds of `performance.now()`; infinite while the camera sends nothing. */
  readonly since: number;
}

/**
 * Follows whether a camera sends anything: the browser's own button, a call on the phone or a key of the machine stop it for a while,
 * and the stream stays open, with black frames or none.
 *
 * @param onChange called when it stops, at once if it is so already, and when it goes on
 */
export function watchSight(stream: MediaStream, onChange: (isMuted: boolean) => void): Sight {
  const [track] = stream.getVideoTracks();
  const sight = { since: 0 };
  const follow = () => {
    if (track.readyState === 'ended') return;
    sight.since = track.muted ? Number.POSITIVE_INFINITY : performance.now();
    onChange(track.muted);
  };
  track.addEventListener('mute', follow);
  track.addEventListener('unmute', follow);
  if (track.muted) follow();
  return sight;
}

/** By the names of the Media Capture specification. */
function troubleOf(error: unknown): Trouble {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}

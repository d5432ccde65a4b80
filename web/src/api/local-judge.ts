/** The judge in this browser: pictures that it looks at go nowhere. */
import { type BrowserInspector, createInspector, DetectError } from 'liveportrait-detect/browser';
import type { Inspection } from '../../../src/core/inspection.ts';
import type { Answer } from './client.ts';
import { detailOf, problem } from './problem.ts';

/** Judges files without a service. */
export interface LocalJudge {
  /** The judge itself, for the camera; it stays open. */
  open(): Promise<BrowserInspector>;
  /** Loads the models, if that has not begun yet, so that the first picture waits less for them. */
  prepare(): void;
  /** What comes of one file. Its problem is `inspector.unavailable` where this browser cannot judge. */
  inspect(file: Blob, signal: AbortSignal): Promise<Answer<Inspection>>;
}

/** A judge that loads its models when it is first wanted. */
export function createLocalJudge(): LocalJudge {
  let opening: Promise<BrowserInspector> | undefined;
  const open = () => {
    if (opening === undefined) {
      const mine = createInspector();
      opening = mine;
      // Who asks next tries again: files may have been out of reach for a moment.
      mine.catch(() => {
        if (opening === mine) opening = undefined;
      });
    }
    return opening;
  };
  return {
    open,
    prepare() {
      open().catch(() => undefined);
    },
    async inspect(file, signal) {
      try {
        const inspector = await open();
        const inspection = await inspector.inspect(file, { signal });
        return { ok: true, value: inspection as Inspection };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof DetectError)) throw error;
        // It may have stopped after it was open, too.
        if (error.code === 'inspector.unavailable') opening = undefined;
        return { ok: false, problem: problem(error.code, detailOf(error.code, error.message)) };
      }
    },
  };
}

/** What the page and the worker say to each other. */
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Stage } from '../core/inspect.ts';
import type { FrameFormat, ImageFormat, Inspection } from '../core/inspection.ts';
import type { Language } from '../core/words/catalogue.ts';
import type { ErrorCode } from '../errors.ts';

/** A picture as a page has it: a file, or pixels in memory. */
export type PagePicture = Blob | ImageBitmap | VideoFrame;

/** The formats that an inspection in a page can be of. */
export type PageFormat = ImageFormat | FrameFormat;

/** From the page. */
export type Request =
  | {
      readonly kind: 'start';
      readonly policy: PolicyOverrides | undefined;
      readonly language: Language;
      readonly assets: string;
    }
  | {
      readonly kind: 'inspect';
      readonly id: number;
      readonly picture: PagePicture;
      readonly policy: PolicyOverrides | undefined;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** An error of the catalogue, as it travels. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** From the worker. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unready'; readonly failure: Failure }
  | { readonly kind: 'stage'; readonly id: number; readonly stage: Stage }
  | { readonly kind: 'done'; readonly id: number; readonly inspection: Inspection<PageFormat> }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

import type { Box, QuarterTurns } from '../core/inspection.ts';
import type { ErrorCode } from '../errors.ts';
import type { EngineName } from '../node/engine.ts';
import type { Size } from './geometry.ts';
import type { Outcome, TargetFormat } from './plan.ts';
import type { SourceInfo } from './source.ts';

/** A part of the upright picture, small enough to be inspected. */
export interface View {
  /** A PNG. */
  readonly bytes: Uint8Array;
  /** What it shows, in pixels of the upright picture: what was asked for, up to rounding. */
  readonly box: Box;
}

/** How the repaired picture is made. */
export interface RenderRequest {
  /** In whole pixels of the upright picture. */
  readonly frame: Box;
  readonly size: Size;
  readonly format: TargetFormat;
}

/** The repaired picture. */
export interface Rendered extends Outcome {
  readonly bytes: Uint8Array;
}

/** What is asked of the process that has a file open; one at a time. */
export type ReaderTask =
  | { readonly open: Uint8Array; readonly turns: QuarterTurns; readonly engine: EngineName | undefined }
  | { readonly view: Box; readonly maxEdge: number }
  | { readonly render: RenderRequest };

/** Its answer: what the task gives, or an error of the catalogue as data. The first one, of nothing, says that it runs. */
export type ReaderReply =
  | { readonly result: SourceInfo | View | Rendered | null }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } };

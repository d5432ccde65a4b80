import type { AnnotationFormat } from '../annotate/annotate.ts';
import type { PolicyOverrides } from '../checks/policy.ts';
import type { Inspection } from '../inspection.ts';
import type { ErrorCode } from '../wire/errors.ts';

/** What every worker gets when it starts. */
export interface WorkerSettings {
  /** The operator's policy. */
  readonly policy: PolicyOverrides;
}

/** What {@link WorkerTask.cancelled} holds once nobody waits for the answer any more. */
export const CANCELLED = 1;

/** One picture on its way to a worker. */
export interface WorkerTask {
  /** The file. Its buffer is transferred: the sender has it no more. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Overrides the operator's policy, for this picture only. */
  readonly policy: PolicyOverrides;
  readonly annotated?: AnnotationFormat;
  /** Only the judgement is wanted: an inspection takes 40 KB of this side's memory, most of it the mesh. */
  readonly isBrief?: true;
  /** One number, shared: 0, or {@link CANCELLED}. */
  readonly cancelled: Int32Array<SharedArrayBuffer>;
}

/** All that the contract's answer is made of. */
export type Judgement = Pick<Inspection, 'pass' | 'reason'>;

/** What comes back of a picture that could be inspected. */
export interface WorkerResult {
  readonly inspection: Inspection;
  /** The file that was asked for: an SVG document as UTF-8, or a PNG. */
  readonly annotated?: Uint8Array;
}

/** A DetectError as data. */
export interface WorkerFailure {
  readonly code: ErrorCode;
  readonly message: string;
  /** What is behind it, for the log. */
  readonly cause?: string;
}

/** What comes back: errors of the catalogue travel as data, since a class does not survive the way. */
export type WorkerReply =
  | { readonly result: WorkerResult }
  | { readonly judgement: Judgement }
  | { readonly failure: WorkerFailure };

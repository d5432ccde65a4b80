import type { AnnotationFormat } from '../annotate/annotate.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { ImageLimits } from '../core/image/limits.ts';
import type { Inspection } from '../core/inspection.ts';
import type { ErrorCode } from '../errors.ts';
import type { Engines } from '../node/engine.ts';

/** The file descriptor by which a worker and the process that started it talk. */
export const CHANNEL_FD = 3;

/** What every worker gets when it starts. */
export interface WorkerSettings {
  /** The operator's policy. */
  readonly policy: PolicyOverrides;
}

/** One picture on its way to a worker. */
export interface WorkerTask {
  /** Overrides the operator's policy, for this picture only. */
  readonly policy: PolicyOverrides;
  /** What the file has to be; LivePortrait's own limits if left out. */
  readonly limits?: ImageLimits;
  readonly annotated?: AnnotationFormat;
  /** Only the judgement is wanted: an inspection takes 40 KB of the other side's memory, most of it the mesh. */
  readonly isBrief?: true;
}

/** What a worker is told. The first message is its settings; a task's picture comes with it as bytes. */
export type ToWorker =
  | { readonly settings: WorkerSettings }
  | { readonly task: WorkerTask }
  /** Nobody waits for the task any more: it may stop at its next stage. */
  | { readonly cancel: true }
  | { readonly ping: true };

/** What a worker says. It answers one task at a time; an annotated picture comes with the reply as bytes. */
export type FromWorker =
  /** It takes tasks from now on, and says what runs them. */
  | { readonly ready: Engines }
  /** It has the whole task, and has spent so much processor time before it, in milliseconds. */
  | { readonly begun: { readonly cpuMs: number } }
  | { readonly reply: WorkerReply }
  | { readonly pong: true };

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

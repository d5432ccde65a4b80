/** Jobs and their results, as they are on the wire. */
import type { CheckReason, ImageFormat } from '../core/inspection.ts';
import type { ErrorCode } from '../errors.ts';

/** A job as JSON. */
export interface JobBody {
  /** A UUID. */
  readonly id: string;
  readonly state: 'receiving' | 'queued' | 'running' | 'done' | 'cancelled';
  /** Items. */
  readonly total: number;
  /** Items that have their result. */
  readonly answered: number;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  /** How many items failed a check, or could not be inspected, by token. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly webhook: string | null;
  /** The generator that the pictures are for; null for what the service judges by. */
  readonly for: string | null;
  /** ISO 8601, UTC; so are the two below. */
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

/** What is kept of an item that was inspected. */
export interface Inspected {
  readonly pass: boolean;
  readonly reason: CheckReason | null;
  /** What to do about each check that failed. */
  readonly advice: readonly string[];
  readonly image: {
    readonly format: ImageFormat;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
  };
  readonly faces: number;
}

/** What is kept of an item that could not be inspected. */
export interface Failed {
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

/** What is kept of an item. */
export type ItemResult = Inspected | Failed;

/** A line of a job's results as JSON. */
export type ResultBody = {
  /** Where to go on behind this line; grows from line to line. */
  readonly cursor: number;
  /** The item's place in the list, from 1. */
  readonly item: number;
  /** The sender's own name for it, if there is one. */
  readonly id?: string;
  readonly url: string;
} & ItemResult;

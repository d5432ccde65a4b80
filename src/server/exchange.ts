import type { ServerResponse } from 'node:http';
import {
  type Context,
  context,
  isSpanContextValid,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { DetectError } from '../errors.ts';
import type { ApiKey, Reservation, Verdict } from '../store/store.ts';

const tracer = trace.getTracer('liveportrait-detect');

/** Milliseconds by stage, in the order in which the stages were entered. */
export type StageTimes = Readonly<Record<string, number>>;

/** What an examination needs to know of whom it is for: an exchange, or work that nobody waits for. */
export type Errand = Pick<
  Exchange,
  'share' | 'signal' | 'gone' | 'timeLeft' | 'stage' | 'imageHost' | 'imageBytes' | 'isKnown' | 'openUpload'
>;

/**
 * One request and its answer: its deadline, whose it is, the image set aside for it, and what the log and the
 * metrics are to know of it. It ends when the connection is done with the answer.
 */
export class Exchange {
  /** Aborted with `deadline.passed`, or with `inspect.aborted` when the client hung up. */
  readonly signal: AbortSignal;
  /** Aborted with `inspect.aborted` when the client hung up, and by nothing else. */
  readonly gone: AbortSignal;
  /** The key that the request came with, once it is known to be good. */
  key: ApiKey | undefined;
  /** Host of the picture's address, once known. */
  imageHost: string | undefined;
  /** Size of the picture in bytes, once known. */
  imageBytes: number | undefined;
  /** Whether the same picture had been inspected before; undefined where none was looked up. */
  isKnown: boolean | undefined;
  /** Reads the upload that an `oss://` address names, until the exchange ends; undefined where such addresses are not taken. */
  openUpload: ((address: string) => Promise<Uint8Array>) | undefined;
  /** Whether the upstream is asked, and not we. */
  isPassedOn = false;
  /** Why the answer is what it is: a token of the catalogue, or of a failing verdict. */
  reason: string | undefined;
  /** The error that was answered, for the log. */
  failure: DetectError | undefined;
  /** Gives back the place that a large body takes, when it turned out to be none; there is nothing to give at first. */
  endUpload: () => void = () => undefined;

  readonly #response: ServerResponse;
  readonly #deadlineAt: number;
  readonly #startedAt = performance.now();
  readonly #stages: Record<string, number> = {};
  readonly #span: Span;
  /** Where spans of stages belong; undefined when no traces are collected, where a span has no identity. */
  readonly #context: Context | undefined;
  #reservation: Reservation | undefined;
  #committed: Promise<void> | undefined;

  /**
   * @param deadlineMs of the whole exchange, from now on
   * @param parent     the trace that the caller's headers name
   */
  constructor(response: ServerResponse, deadlineMs: number, parent: Context) {
    this.#response = response;
    this.#deadlineAt = this.#startedAt + deadlineMs;
    this.#span = tracer.startSpan('request', {}, parent);
    if (isSpanContextValid(this.#span.spanContext())) this.#context = trace.setSpan(parent, this.#span);

    const work = new AbortController();
    const gone = new AbortController();
    this.signal = work.signal;
    this.gone = gone.signal;
    const timer = setTimeout(() => work.abort(new DetectError('deadline.passed')), deadlineMs);
    response.once('close', () => {
      clearTimeout(timer);
      if (!response.writableFinished) {
        const aborted = new DetectError('inspect.aborted');
        gone.abort(aborted);
        work.abort(aborted);
      }
      this.#settle();
      this.#span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) this.#span.setStatus({ code: SpanStatusCode.ERROR });
      this.#span.end();
    });
  }

  /** Whose shares of places and queues this comes out of. */
  get share(): string {
    return this.key?.id ?? '';
  }

  /** Milliseconds until the deadline, never below 1. */
  get timeLeft(): number {
    return Math.max(1, Math.ceil(this.#deadlineAt - performance.now()));
  }

  /** Milliseconds since the request's headers were read. */
  get elapsed(): number {
    return performance.now() - this.#startedAt;
  }

  /** What took how long so far. */
  get stages(): StageTimes {
    return this.#stages;
  }

  /** Takes charge of the image that was set aside for this request: it is counted or given back. */
  setAside(reservation: Reservation): void {
    this.#reservation = reservation;
    // The client may have hung up while the image was being set aside.
    if (this.gone.aborted) reservation.release();
  }

  /** Gives back the image that was set aside, for a request that turned out to be none of ours. */
  giveBack(): void {
    this.#reservation?.release();
    this.#reservation = undefined;
  }

  /** Runs one stage of the work, timed, and as a span of its own when traces are collected. */
  async stage<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await (this.#context === undefined ? work() : traced(name, this.#context, work));
    } finally {
      this.#stages[name] = (this.#stages[name] ?? 0) + performance.now() - start;
    }
  }

  /**
   * Counts the image. From here on nothing but the sending of the answer may follow; should the client not get
   * it, the count is taken back.
   *
   * @throws DetectError of the store, or why the exchange ended meanwhile
   */
  async commit(verdict: Verdict): Promise<void> {
    this.signal.throwIfAborted();
    await this.stage('commit', async () => {
      this.#committed = this.#reservation?.commit(verdict);
      await this.#committed;
    });
    this.signal.throwIfAborted();
  }

  /** Keeps the count of a 200 that was handed over, takes back every other. */
  #settle(): void {
    const answered = this.#response.writableFinished && this.#response.statusCode === 200;
    const reservation = this.#reservation;
    if (answered || reservation === undefined) return;
    if (this.#committed === undefined) reservation.release();
    // A commit that failed has nothing to take back. If undoing fails, nobody is left to be told.
    else this.#committed.then(() => reservation.undo()).catch(() => undefined);
  }
}

/** Runs the work within a span of its own. */
async function traced<T>(name: string, parent: Context, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, {}, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } finally {
    span.end();
  }
}

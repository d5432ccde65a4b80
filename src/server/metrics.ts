import {
  type CollectFunction,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import { CATALOGUE, type ErrorCode } from '../errors.ts';
import { type ServingStore, STORE_STATES } from '../store/open.ts';
import type { InspectPool } from '../workers/pool.ts';
import type { Admission } from './admission.ts';
import type { Exchange } from './exchange.ts';

/** Upper edges in seconds: a picture takes tens of milliseconds, a download up to the deadline of 9 s. */
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** What the gauges look at when they are asked. */
export interface Watched {
  readonly pool: Pick<InspectPool, 'state' | 'engines'>;
  readonly downloads: Admission;
  readonly inspections: Admission;
}

/** What one answered request adds. */
export interface Answered {
  /** The path of the route, or "none"; never what the caller wrote. */
  readonly route: string;
  readonly status: number;
  /** The vendor's code, empty for a success. */
  readonly code: string;
  readonly exchange: Exchange;
}

/** What became of one attempt at an item of a job: its verdict, or none yet. */
export type Attempt = (typeof ATTEMPTS)[number];
const ATTEMPTS = ['pass', 'fail', 'none'] as const;

/** All numbers of one process, in a registry of its own. */
export class Metrics {
  /** What `/metrics` shows. */
  readonly registry = new Registry();
  readonly #requests: Counter<'route' | 'status' | 'code'>;
  readonly #reasons: Counter<'reason'>;
  readonly #seconds: Histogram<'route'>;
  readonly #stages: Histogram<'stage'>;
  readonly #bytes: Counter;
  readonly #pictures: Counter<'known'>;
  readonly #workersLost: Counter;
  readonly #attempts: Counter<'outcome'>;
  readonly #passedOn: Counter<'direction'>;

  constructor() {
    const registers = [this.registry];
    this.#requests = new Counter({
      name: 'lpd_requests_total',
      help: 'Requests answered, by route, status and code.',
      labelNames: ['route', 'status', 'code'],
      registers,
    });
    this.#reasons = new Counter({
      name: 'lpd_reasons_total',
      help: 'Why pictures failed and requests were refused, by token.',
      labelNames: ['reason'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'lpd_request_duration_seconds',
      help: 'From the headers read to the answer handed over.',
      labelNames: ['route'],
      buckets: SECONDS,
      registers,
    });
    this.#stages = new Histogram({
      name: 'lpd_stage_duration_seconds',
      help: 'Time in each stage: download_queue, download, queue, inspect, commit; upstream is until its answer begins.',
      labelNames: ['stage'],
      buckets: SECONDS,
      registers,
    });
    this.#bytes = new Counter({
      name: 'lpd_picture_bytes_total',
      help: 'Bytes of the pictures that were downloaded or sent.',
      registers,
    });
    this.#pictures = new Counter({
      name: 'lpd_pictures_total',
      help: 'Pictures to inspect, by whether the same bytes had been inspected before (known: true, false).',
      labelNames: ['known'],
      registers,
    });
    this.#workersLost = new Counter({
      name: 'lpd_workers_lost_total',
      help: 'Workers that died, hung, or could not start.',
      registers,
    });
    this.#attempts = new Counter({
      name: 'lpd_job_attempts_total',
      help: 'Attempts at items of jobs by this process, by outcome: pass, fail, none (no verdict, perhaps yet).',
      labelNames: ['outcome'],
      registers,
    });
    this.#passedOn = new Counter({
      name: 'lpd_upstream_bytes_total',
      help: 'Bytes of bodies that were passed on, by direction: to the upstream, from it.',
      labelNames: ['direction'],
      registers,
    });
    // There from the beginning: an alert on a process that does nothing needs a zero.
    for (const outcome of ATTEMPTS) this.#attempts.inc({ outcome }, 0);
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts one answered request. */
  answered({ route, status, code, exchange }: Answered): void {
    this.#requests.inc({ route, status, code });
    this.#seconds.observe({ route }, exchange.elapsed / 1000);
    if (exchange.reason !== undefined) this.#reasons.inc({ reason: exchange.reason });
    if (exchange.isKnown !== undefined) this.#pictures.inc({ known: String(exchange.isKnown) });
    if (exchange.imageBytes !== undefined) this.#bytes.inc(exchange.imageBytes);
    for (const [stage, ms] of Object.entries(exchange.stages)) this.#stages.observe({ stage }, ms / 1000);
  }

  /** Counts what was refused before it was a request. */
  refused(reason: ErrorCode): void {
    const { status, code } = CATALOGUE[reason];
    this.#requests.inc({ route: 'none', status, code });
    this.#reasons.inc({ reason });
  }

  /** Counts a worker that went down. */
  workerLost(): void {
    this.#workersLost.inc();
  }

  /** Counts an attempt at an item of a job. */
  attempted(outcome: Attempt): void {
    this.#attempts.inc({ outcome });
  }

  /** Counts bytes that were passed on. */
  passedOn(direction: 'to' | 'from', bytes: number): void {
    this.#passedOn.inc({ direction }, bytes);
  }

  /** Adds the gauge of calls to the upstream; once. */
  watchUpstream(open: () => number): void {
    this.#number('lpd_upstream_open', 'Calls to the upstream that are under way.', async () => open());
  }

  /** Adds the gauges of queues and workers; once. */
  watch({ pool, downloads, inspections }: Watched): void {
    const stages = { download: downloads, inspect: inspections };
    this.#gauge('lpd_waiting', 'Requests that wait for a place, by stage.', 'stage', (set) => {
      for (const [stage, admission] of Object.entries(stages)) set(stage, admission.waiting);
    });
    this.#gauge('lpd_working', 'Places that are taken, by stage.', 'stage', (set) => {
      for (const [stage, admission] of Object.entries(stages)) set(stage, admission.active);
    });
    this.#gauge('lpd_workers', 'Workers, by state.', 'state', (set) => {
      for (const [state, count] of Object.entries(pool.state)) set(state, count);
    });
    new Gauge({
      name: 'lpd_engine_info',
      help: 'What runs networks and decoding in the workers, native or wasm: 1.',
      labelNames: ['networks', 'decoding'],
      registers: [this.registry],
      collect() {
        this.reset();
        if (pool.engines) this.set({ ...pool.engines }, 1);
      },
    });
  }

  /**
   * Adds the gauge of the jobs' queue; once.
   *
   * @param depth what it asks; while that cannot be told, there is no such number
   */
  watchJobs(depth: () => Promise<number>): void {
    const help = 'Items of jobs without a result, of the whole fleet: each replica tells the same number.';
    this.#number('lpd_job_items_waiting', help, depth);
  }

  /** Adds the gauges of the store; once. */
  watchStore({ state, awayMs, spooled }: Pick<ServingStore, 'state' | 'awayMs' | 'spooled'>): void {
    this.#gauge(
      'lpd_store_state',
      'Whether the store can be reached: 1 for the state it is in.',
      'state',
      (set) => {
        const now = state();
        for (const each of STORE_STATES) set(each, each === now ? 1 : 0);
      },
    );
    const away = 'For how long the store has been away; 0 while it is there.';
    this.#number('lpd_store_away_seconds', away, async () => awayMs() / 1000);
    const spool = 'Groups of counts that wait in the data directory for the store to be back.';
    this.#number('lpd_spool_groups', spool, spooled);
  }

  /** A gauge without labels, which is left out while its number cannot be told. */
  #number(name: string, help: string, read: () => Promise<number>) {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.remove();
        const value = await read().catch(() => undefined);
        if (value !== undefined) this.set(value);
      },
    });
  }

  #gauge(name: string, help: string, label: string, read: (set: (value: string, n: number) => void) => void) {
    const collect: CollectFunction<Gauge<string>> = function () {
      read((value, n) => this.set({ [label]: value }, n));
    };
    new Gauge({ name, help, labelNames: [label], registers: [this.registry], collect });
  }
}

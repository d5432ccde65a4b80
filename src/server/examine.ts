import type { AnnotationFormat } from '../annotate/annotate.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import { CONTRACT_LIMITS, checkBytes, type ImageLimits } from '../core/image/limits.ts';
import type { Downloader } from '../download/download.ts';
import { untilAborted } from '../download/until-aborted.ts';
import { parseImageUrl, targetOf } from '../download/url.ts';
import { isUploadAddress } from '../uploads/place.ts';
import type { InspectPool } from '../workers/pool.ts';
import type { Judgement, WorkerResult } from '../workers/protocol.ts';
import { Admission, type Release, STANDING_MS } from './admission.ts';
import { InspectionCache } from './cache.ts';
import type { Errand } from './exchange.ts';
import { checkPicture, mayBePicture } from './file-checks.ts';
import { Intake } from './intake.ts';
import { Paces } from './pace.ts';

/**
 * Download places that one key may hold for each that is free, since downloads can be made slow on purpose: half of all,
 * or a third where two keys hold that much.
 */
const DOWNLOADS_PER_FREE = 1;
/** Requests that may wait for a download, for each place. */
const DOWNLOAD_QUEUE_PER_PLACE = 2;

/** What examining is built from. */
export interface ExaminerDeps {
  readonly downloader: Downloader;
  readonly pool: InspectPool;
  /** Downloads at a time, and uploads. */
  readonly downloads: number;
  /** Pictures that may wait for a worker. */
  readonly queue: number;
  /** Inspections that are kept, so that equal pictures are inspected once; 0 keeps none. */
  readonly cache: number;
}

/** What is wanted beside the verdict. */
export interface ExamineOptions {
  readonly policy?: PolicyOverrides;
  /** What the file has to be; LivePortrait's own limits if left out. */
  readonly limits?: ImageLimits | undefined;
  readonly annotated?: AnnotationFormat | undefined;
}

/** One way of looking at a picture: what may be known of it already, and what a worker is asked. */
interface Look<T> {
  /** Of the bytes, when what is known may serve. */
  readonly name: (bytes: Uint8Array) => string | null;
  readonly known: (name: string | null) => T | undefined;
  readonly ask: (bytes: Uint8Array, by: Pick<Errand, 'signal' | 'share'>) => Promise<T>;
  readonly keep: (name: string | null, result: T) => void;
}

/** Turns the address of a picture, or its bytes, into an inspection, within the exchange's deadline and bounds. */
export class Examiner {
  /** Places of the downloads. */
  readonly downloads: Admission;
  /** Places of the inspections: one a worker, of which no key can have all. */
  readonly inspections: Admission;
  readonly #downloader: Downloader;
  readonly #pool: InspectPool;
  readonly #workers: number;
  readonly #queue: number;
  readonly #uploads = new Intake();
  readonly #mostUploads: number;
  readonly #intake = new Intake();
  readonly #cache: InspectionCache;
  readonly #paces = new Paces();

  constructor({ downloader, pool, downloads, queue, cache }: ExaminerDeps) {
    this.#cache = new InspectionCache(cache);
    this.#downloader = downloader;
    this.#pool = pool;
    this.#mostUploads = downloads;
    this.#workers = pool.state.wanted;
    this.#queue = queue;
    this.downloads = new Admission({
      places: downloads,
      queue: downloads * DOWNLOAD_QUEUE_PER_PLACE,
      shareOfFree: DOWNLOADS_PER_FREE,
    });
    this.inspections = new Admission({
      places: pool.state.wanted,
      queue,
      placesPerKey: (key) => pool.placesFor(key),
    });
  }

  /**
   * Downloads, or opens the upload, and inspects (rows 16 to 23 of the contract).
   *
   * @throws DetectError with the row's token
   */
  fromUrl(url: string, exchange: Errand, options: ExamineOptions = {}): Promise<WorkerResult> {
    return this.#fromUrl(url, exchange, this.#inspecting(options), options.limits);
  }

  /** The same as {@link fromUrl} for whoever wants the judgement and nothing else. */
  judgeUrl(
    url: string,
    exchange: Errand,
    options: Omit<ExamineOptions, 'annotated'> = {},
  ): Promise<Judgement> {
    return this.#fromUrl(url, exchange, this.#judging(options), options.limits);
  }

  /**
   * Inspects a file that is here already (rows 18 to 23 of the contract).
   *
   * @param bytes the file; it must not change before the promise settles
   * @throws DetectError with the row's token
   */
  async fromBytes(bytes: Uint8Array, exchange: Errand, options: ExamineOptions = {}): Promise<WorkerResult> {
    checkPicture(bytes);
    return this.#admitted(exchange, 'here', () => this.#look(bytes, exchange, this.#inspecting(options)));
  }

  /**
   * Makes sure, before a body is read, that not too many large ones are held at a time: as many as downloads.
   *
   * @returns to be called when the request has ended
   * @throws DetectError `overload.queue`
   */
  beginUpload(exchange: Errand): Release {
    this.inspections.check(exchange.share);
    return this.#uploads.enter(exchange.share, this.#mostUploads);
  }

  async #fromUrl<T>(url: string, exchange: Errand, look: Look<T>, limits?: ImageLimits): Promise<T> {
    const { openUpload } = exchange;
    if (openUpload !== undefined && isUploadAddress(url)) {
      return this.#admitted(exchange, 'here', async () => {
        const bytes = await exchange.stage('upload', () => openUpload(url));
        checkPicture(bytes, limits);
        return await this.#look(bytes, exchange, look);
      });
    }
    exchange.imageHost = targetOf(parseImageUrl(url)).host;
    return this.#admitted(exchange, 'elsewhere', async () => {
      const release = await exchange.stage('download_queue', () =>
        this.downloads.acquire(exchange.share, exchange.signal),
      );
      try {
        const bytes = await exchange.stage('download', () => this.#download(url, exchange, limits));
        return await this.#look(bytes, exchange, look, release);
      } finally {
        release();
      }
    });
  }

  /**
   * Refuses at once, before any work, what would only be refused later or come too late: what the workers would not get
   * to within {@link STANDING_MS} at the pace of the key's own pictures, when they do an equal part for each key.
   *
   * @param picture a picture elsewhere takes less of the room, the longer its download: as many more may be under way as
   *                the workers can take until their downloads end
   */
  async #admitted<T>({ share }: Errand, picture: 'here' | 'elsewhere', work: () => Promise<T>): Promise<T> {
    this.inspections.check(share);
    const { download, inspection } = this.#paces.of(share);
    const doneWithin = (ms: number) => (this.#workers * ms) / inspection.value;
    const useful = this.#workers + Math.min(this.#queue, doneWithin(STANDING_MS));
    const weight = picture === 'here' ? 1 : useful / (useful + doneWithin(download.value));
    const leave = this.#intake.enter(share, this.#workers + this.#queue, { weight, useful });
    try {
      return await work();
    } finally {
      leave();
    }
  }

  async #download(url: string, exchange: Errand, limits = CONTRACT_LIMITS): Promise<Uint8Array> {
    const begun = performance.now();
    try {
      const { gone: signal, timeLeft: deadlineMs } = exchange;
      const inspectPrefix = (start: Uint8Array) => mayBePicture(start, limits);
      const { bytes } = await this.#downloader.download(url, { signal, deadlineMs, inspectPrefix });
      checkBytes(bytes.byteLength, limits);
      return bytes;
    } finally {
      this.#paces.of(exchange.share).download.add(performance.now() - begun);
    }
  }

  async #look<T>(
    bytes: Uint8Array,
    exchange: Errand,
    { name: nameOf, known: find, ask, keep }: Look<T>,
    onQueued?: () => void,
  ): Promise<T> {
    exchange.imageBytes = bytes.byteLength;
    const { signal } = exchange;
    const name = nameOf(bytes);
    const known = find(name);
    exchange.isKnown = known !== undefined;
    if (known !== undefined) return known;
    this.#pool.check(bytes);
    const waiting = this.inspections.acquire(exchange.share, signal);
    onQueued?.();
    const release = await exchange.stage('queue', () => waiting);
    return exchange.stage('inspect', async () => {
      // The place is free when the worker is, which may be later than the client hanging up.
      const begun = performance.now();
      const run = ask(bytes, exchange).finally(() => {
        this.#paces.of(exchange.share).inspection.add(performance.now() - begun);
        release();
      });
      const result = await untilAborted(run, signal);
      keep(name, result);
      return result;
    });
  }

  #judging({ policy = {}, limits }: ExamineOptions): Look<Judgement> {
    return {
      name: (bytes) => this.#cache.keyOf(bytes, policy, limits),
      known: (name) => this.#cache.judgement(name),
      ask: (bytes, { signal, share }) => this.#pool.judge(bytes, { policy, limits, signal, share }),
      keep: (name, judgement) => this.#cache.set(name, judgement),
    };
  }

  #inspecting({ policy = {}, limits, annotated }: ExamineOptions): Look<WorkerResult> {
    return {
      // A drawing is not kept.
      name: (bytes) => (annotated === undefined ? this.#cache.keyOf(bytes, policy, limits) : null),
      known: (name) => {
        const inspection = this.#cache.get(name);
        return inspection && { inspection };
      },
      ask: (bytes, { signal, share }) =>
        this.#pool.inspect(bytes, { policy, limits, annotated, signal, share }),
      keep: (name, { inspection }) => this.#cache.set(name, inspection),
    };
  }
}

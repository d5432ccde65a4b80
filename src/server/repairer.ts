import type { PolicyOverrides } from '../core/checks/policy.ts';
import { checkBytes } from '../core/image/limits.ts';
import type { Language } from '../core/words/catalogue.ts';
import type { Downloader } from '../download/download.ts';
import { parseImageUrl, targetOf } from '../download/url.ts';
import { DetectError } from '../errors.ts';
import type { EngineName } from '../node/engine.ts';
import type { Repair } from '../repair/repair.ts';
import { sniffSource } from '../repair/source.ts';
import { isUploadAddress } from '../uploads/place.ts';
import { Admission } from './admission.ts';
import type { Examiner } from './examine.ts';
import type { Exchange } from './exchange.ts';

/** Repairs at a time: each has a process of its own, which may hold a picture of 100 megapixels in full. */
const REPAIRS = 2;
/** Repairs that may wait for one of these. */
const REPAIRS_WAITING = 8;
/** Repairs of one key for each place that is free: with two places, one key has one of them. */
const REPAIRS_PER_FREE = 1;

/** What repairing is built from. */
export interface RepairerDeps {
  readonly downloader: Downloader;
  /** What decodes and encodes; native where that loads, if left out. */
  readonly settings?: { readonly engine?: EngineName | undefined };
  /** Node's options for the processes that open files; those of this process if left out. */
  readonly readerExecArgv?: readonly string[];
}

/** What is wanted beside the repair. */
export interface RepairWish {
  readonly policy: PolicyOverrides;
  readonly face?: number | undefined;
  readonly language?: Language | undefined;
}

/** Repairs pictures within the exchange's deadline; every look at one is an inspection that queues like all others. */
export class Repairer {
  readonly #examiner: Examiner;
  readonly #deps: RepairerDeps;
  readonly #places = new Admission({
    places: REPAIRS,
    queue: REPAIRS_WAITING,
    shareOfFree: REPAIRS_PER_FREE,
  });

  constructor(examiner: Examiner, deps: RepairerDeps) {
    this.#examiner = examiner;
    this.#deps = deps;
  }

  /**
   * @throws DetectError `download.*`, `image.bytes`, `image.empty`, `overload.queue`, `fix.face`, and those of an inspection
   */
  async repair(
    picture: { readonly url: string } | { readonly bytes: Uint8Array },
    exchange: Exchange,
    { policy, face, language }: RepairWish,
  ): Promise<Repair> {
    this.#places.check(exchange.share);
    const bytes = 'url' in picture ? await this.#download(picture.url, exchange) : picture.bytes;
    checkBytes(bytes.byteLength);
    // There is nothing to repair, and nobody is to pay for it.
    if (bytes.byteLength === 0) throw new DetectError('image.empty');
    const release = await exchange.stage('queue', () =>
      this.#places.acquire(exchange.share, exchange.signal),
    );
    const inspect = async (view: Uint8Array) =>
      (await this.#examiner.fromBytes(view, exchange, { policy })).inspection;
    const { readerExecArgv: execArgv, settings } = this.#deps;
    try {
      // Loaded when it is needed first: it brings the whole core along, which otherwise only the workers load.
      const { repair } = await import('../repair/repair.ts');
      const deps = {
        inspect,
        signal: exchange.signal,
        engine: settings?.engine,
        ...(execArgv && { execArgv }),
      };
      return await repair(bytes, deps, { face, for: policy.for, language });
    } finally {
      exchange.imageBytes = bytes.byteLength;
      release();
    }
  }

  async #download(url: string, exchange: Exchange): Promise<Uint8Array> {
    const { openUpload } = exchange;
    if (openUpload !== undefined && isUploadAddress(url))
      return await exchange.stage('upload', () => openUpload(url));
    exchange.imageHost = targetOf(parseImageUrl(url)).host;
    const release = await exchange.stage('download_queue', () =>
      this.#examiner.downloads.acquire(exchange.share, exchange.signal),
    );
    try {
      const { gone: signal, timeLeft: deadlineMs } = exchange;
      const options = { signal, deadlineMs, inspectPrefix: isPicture };
      return (await exchange.stage('download', () => this.#deps.downloader.download(url, options))).bytes;
    } finally {
      release();
    }
  }
}

/** What is not a picture is cut off while it arrives. How large it is does not matter: that can be mended. */
function isPicture(bytes: Uint8Array): boolean {
  if (bytes.length < 12) return false;
  sniffSource(bytes);
  return true;
}

import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';
import { parseAllowList } from './allow.ts';
import { Body, type BodyLimits, type PrefixInspector } from './body.ts';
import { type Coding, codingsOf, undoCodings } from './coding.ts';
import { createTrust, type Dial, dialTcp, openConnection } from './connect.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import type { Resolver } from './dns.ts';
import { get, type Head, loadClient } from './exchange.ts';
import { failure } from './failure.ts';
import { createGuard, type Self } from './guard.ts';
import { refusePage } from './page.ts';
import { TargetRefused } from './refusal.ts';
import { resolverFor, resolveTarget } from './resolve.ts';
import { LEAST_SPEED } from './speed.ts';
import { type DownloadTimes, Stages } from './stages.ts';
import { parseImageUrl, targetOf } from './url.ts';

/** Redirects that are followed; each passes the whole guard again. */
export const MAX_REDIRECTS = 5;
/** The contract's 10 MB: a file of exactly that size is refused. */
export const TOO_LARGE_BYTES = 10 * 1024 * 1024;
/**
 * Deadline of a whole request, which a download can't outlast: clients wait 10 s, and are to get our answer and not
 * their own.
 */
export const DEFAULT_DEADLINE_MS = 9_000;
/** Names the software, not its version. */
export const USER_AGENT = 'liveportrait-detect';

/** A range from the first byte on (RFC 9110, section 14.4): which is the last, and how many there are. */
const WHOLE_RANGE = /^bytes 0-(\d{1,15})\/(\d{1,15})$/i;
const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** How downloads are made. Everything has a default; there is no way to switch the guard off. */
export interface DownloaderOptions {
  /** The value of `LPD_DOWNLOAD_ALLOW`: blocks, addresses and host names to open (see `parseAllowList`). */
  readonly allow?: string;
  /** Where this service itself listens. */
  readonly self?: Self;
  /** Extra certificate authorities, PEM. */
  readonly ca?: string;
  readonly userAgent?: string;
  /** Overrides of the limits, for tests and for operators with slow lines. */
  readonly limits?: Partial<BodyLimits>;
  /** Looks all names up; by default see `resolverFor`. What it answers is judged by the guard. */
  readonly resolver?: Resolver;
  /** Connects to a checked address; `net.connect` by default. Where the socket ends is judged by the guard. */
  readonly dial?: Dial;
}

/** Options of one download. */
export interface DownloadOptions {
  /** Its abort ends the download at once: with its reason if that is a `DetectError`, else with `inspect.aborted`. */
  readonly signal?: AbortSignal;
  /** Over look-ups, connecting, headers, body and redirects together; `DEFAULT_DEADLINE_MS` by default. */
  readonly deadlineMs?: number;
  /** An early look at the bytes, to cut off what is not a picture. */
  readonly inspectPrefix?: PrefixInspector;
}

/** A downloaded picture, if it is one. */
export interface DownloadResult {
  /** In a buffer of its own, with nothing of others. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Host of the last hop; for the log. */
  readonly host: string;
  /** Redirects followed. */
  readonly redirects: number;
  readonly milliseconds: DownloadTimes;
}

/** Downloads pictures from wherever strangers say, and from nowhere else than the public Internet. */
export interface Downloader {
  /**
   * @param url any text; it passes the text gate first
   * @throws {DetectError} `url.invalid`, `download.*`, `inspect.aborted`, or what the signal or `inspectPrefix` says
   */
  download(url: string, options?: DownloadOptions): Promise<DownloadResult>;
  /** Ends the downloads under way, and resolves when they have ended. */
  close(): Promise<void>;
}

/** The next hop of a redirect. @throws {DetectError | TargetRefused} */
function redirectTarget(head: Head, base: URL): URL {
  const header = head.header('location');
  if (!header) throw new DetectError('download.redirects', DOWNLOAD_DETAILS.noTarget);
  // Header bytes come as Latin-1; servers that send more than ASCII mean UTF-8.
  const location = Buffer.from(header, 'latin1').toString('utf8');
  const flawed = /[\p{Cc}\\]/u.test(location) || !URL.canParse(location, base.href);
  if (flawed) throw new TargetRefused('redirect refused: its target is malformed');
  try {
    return parseImageUrl(new URL(location, base).href);
  } catch (error) {
    throw new TargetRefused('redirect refused: its target is not a plain http:// or https:// URL', {
      cause: error,
    });
  }
}

/**
 * What there is to say of an answer's status.
 *
 * @returns the size that a part has to have, in bytes: the whole; undefined for an answer that is whole by itself
 * @throws {DetectError} `download.http_status` for an answer that is not the picture
 */
function wholeSize(head: Head): number | undefined {
  if (head.status === 200 || head.status === 201) return undefined;
  if (head.status !== 206) throw statusRefused(head.status);
  const [, last, size] = WHOLE_RANGE.exec(head.header('content-range') ?? '') ?? [];
  if (size === undefined || Number(last) + 1 !== Number(size)) {
    throw new DetectError('download.http_status', DOWNLOAD_DETAILS.part);
  }
  return Number(size);
}

function statusRefused(status: number): DetectError {
  const detail = fill(DOWNLOAD_DETAILS.status, { status });
  return new DetectError('download.http_status', detail, { cause: { status } });
}

/**
 * Builds a downloader. It holds no connections between downloads and no state but the list of those under way.
 *
 * @throws {DetectError} `option.invalid` for an allow-list that can't be read
 */
export function createDownloader(options: DownloaderOptions = {}): Downloader {
  const allow = parseAllowList(options.allow ?? '');
  const guard = createGuard(allow, options.self);
  const link = { guard, dial: options.dial ?? dialTcp, trust: createTrust(options.ca) };
  const userAgent = options.userAgent ?? USER_AGENT;
  const limits: BodyLimits = {
    tooLarge: TOO_LARGE_BYTES,
    ...LEAST_SPEED,
    ...options.limits,
  };
  const underWay = new Map<Deadline, Promise<unknown>>();

  /**
   * One hop: look up, check, connect, check again, ask.
   *
   * @returns the picture, or where it is said to be
   */
  const ask = async (
    url: URL,
    stages: Stages,
    deadline: Deadline,
    inspectPrefix?: PrefixInspector,
  ): Promise<Uint8Array<ArrayBuffer> | URL> => {
    const target = targetOf(url);
    stages.enter('dns');
    const resolver = options.resolver ?? resolverFor(allow.opensName(target));
    const resolved = deadline.race(resolveTarget(target, guard, resolver, deadline.signal));
    // The first download loads the client meanwhile: once there is a connection, nobody should have to wait on it.
    const [addresses] = await Promise.all([resolved, loadClient()]);
    stages.enter('connect');
    const socket = await openConnection(url, target, addresses, link, deadline.signal);
    stages.enter('headers');
    let next: URL | undefined;
    let body: Body | undefined;
    let size: number | undefined;
    let codings: readonly Coding[] = [];
    try {
      await get(url, socket, userAgent, limits.tooLarge, deadline.signal, {
        head(head) {
          if (REDIRECT_STATUSES.has(head.status)) {
            next = redirectTarget(head, url);
            return false;
          }
          size = wholeSize(head);
          codings = codingsOf(head);
          stages.enter('body');
          body = new Body(head, limits, deadline, codings.length === 0 ? inspectPrefix : undefined);
          return true;
        },
        chunk: (bytes) => body?.add(bytes),
      });
    } finally {
      body?.stop();
    }
    if (next !== undefined) return next;
    const sent = body!.bytes();
    if (size !== undefined && sent.length !== size) throw new DetectError('download.cut_off');
    const bytes = await deadline.race(undoCodings(sent, codings, limits.tooLarge));
    refusePage(bytes, true);
    return bytes;
  };

  const follow = async (
    first: URL,
    stages: Stages,
    deadline: Deadline,
    inspectPrefix?: PrefixInspector,
  ): Promise<DownloadResult> => {
    let url = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const found = await ask(url, stages, deadline, inspectPrefix);
      if (!(found instanceof URL)) {
        return { bytes: found, host: targetOf(url).host, redirects, milliseconds: stages.times() };
      }
      url = found;
    }
    throw new DetectError(
      'download.redirects',
      fill(DOWNLOAD_DETAILS.manyRedirects, { most: MAX_REDIRECTS }),
    );
  };

  return {
    async download(text, { signal, deadlineMs = DEFAULT_DEADLINE_MS, inspectPrefix } = {}) {
      const url = parseImageUrl(text);
      const stages = new Stages();
      const deadline = startDeadline(deadlineMs, signal);
      const running = follow(url, stages, deadline, inspectPrefix);
      underWay.set(deadline, running);
      try {
        return await running;
      } catch (error) {
        throw failure(error, stages.phase, deadline.signal);
      } finally {
        deadline.clear();
        underWay.delete(deadline);
      }
    },
    async close() {
      const ends = [...underWay.values()];
      for (const deadline of underWay.keys()) deadline.abort(new DetectError('inspect.aborted'));
      await Promise.allSettled(ends);
    },
  };
}

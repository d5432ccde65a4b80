import { ALLOW_VARIABLE } from '../download/allow.ts';
import { createDownloader } from '../download/download.ts';
import { TargetRefused } from '../download/refusal.ts';
import { DetectError, DOWNLOAD_DETAILS, fill, relayed } from '../errors.ts';
import { lineOf } from './system-reason.ts';

/** Longest download, in milliseconds: nobody waits at the other end of a command line, as one does of a service. */
const DOWNLOAD_LIMIT_MS = 60_000;

/** Downloads pictures from public addresses, and from what `LPD_DOWNLOAD_ALLOW` opens. */
export interface UrlReader {
  /** @throws DetectError `url.invalid`, `download.*` */
  read(url: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * @param signal ends the downloads under way
 * @throws DetectError `option.invalid` for an allow-list that cannot be read
 */
export function createUrlReader(env: NodeJS.ProcessEnv, signal: AbortSignal): UrlReader {
  const downloader = createDownloader({ allow: env[ALLOW_VARIABLE] ?? '' });
  return {
    read: async (url) => {
      try {
        return (await downloader.download(url, { signal, deadlineMs: DOWNLOAD_LIMIT_MS })).bytes;
      } catch (error) {
        throw withItsCause(error);
      }
    },
    close: () => downloader.close(),
  };
}

/** What a look-up says that found nothing: its call, the system's code, and the host. */
const LOOK_UP = /^dns: (?:query\w+|getaddrinfo) (\w+) (\S+)$/;
/** Codes of a name that does not exist, or has no address; with all others there was no answer. */
const NO_HOST: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * A service hides from its callers why an address cannot be reached; here, the caller owns the network.
 *
 * @param error what a download threw
 */
export function withItsCause(error: unknown): unknown {
  if (!(error instanceof DetectError && error.cause instanceof Error)) return error;
  const { code, cause } = error;
  const [, found = '', host = ''] = LOOK_UP.exec(cause.message) ?? [];
  if (host !== '') {
    const template = NO_HOST.has(found) ? DOWNLOAD_DETAILS.noHost : DOWNLOAD_DETAILS.noNameServer;
    return new DetectError('download.no_host', fill(template, { host }));
  }
  const [, phase = '', rest = ''] = /^(\w+: )?(.*)$/s.exec(cause.message) ?? [];
  const reason = phase + lineOf(rest);
  const told = relayed(`${reason[0]?.toUpperCase()}${reason.slice(1)}.`);
  return cause instanceof TargetRefused
    ? new DetectError('download.refused', told)
    : new DetectError(code, told);
}

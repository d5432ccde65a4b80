import { ALLOW_VARIABLE } from '../download/allow.ts';
import { createDownloader } from '../download/download.ts';
import { DownloadFault } from '../download/failure.ts';
import { TargetRefused } from '../download/refusal.ts';
import { type Detail, DetectError, DOWNLOAD_DETAILS, fill, relayed } from '../errors.ts';
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

/** Codes of a name that does not exist, or has no address; with all others there was no answer. */
const NO_HOST: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * A service hides from its callers why an address cannot be reached; here, the caller owns the network.
 *
 * @param error what a download threw
 */
export function withItsCause(error: unknown): unknown {
  if (!(error instanceof DetectError)) return error;
  const { code, cause } = error;
  if (cause instanceof TargetRefused) return new DetectError('download.refused', sentence(cause.message));
  if (!(cause instanceof DownloadFault)) return error;
  const { phase, said, host } = cause;
  if (host === undefined) return new DetectError(code, sentence(`${phase}: ${lineOf(said)}`));
  const template = NO_HOST.has(cause.code) ? DOWNLOAD_DETAILS.noHost : DOWNLOAD_DETAILS.noNameServer;
  return new DetectError('download.no_host', fill(template, { host }));
}

function sentence(text: string): Detail {
  return relayed(`${text[0]?.toUpperCase()}${text.slice(1)}.`);
}

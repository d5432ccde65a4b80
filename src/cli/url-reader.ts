import { ALLOW_VARIABLE } from '../download/allow.ts';
import { createDownloader } from '../download/download.ts';
import { DetectError, relayed } from '../errors.ts';

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

/** A service hides from its callers why an address cannot be reached; here, the caller owns the network. */
function withItsCause(error: unknown): unknown {
  if (!(error instanceof DetectError && error.cause instanceof Error)) return error;
  const reason = error.cause.message;
  return new DetectError(error.code, relayed(`${reason[0]?.toUpperCase()}${reason.slice(1)}.`), {
    cause: error.cause,
  });
}

import { afterEach, expect } from 'vitest';
import { createDownloader, type Downloader, type DownloaderOptions } from '../../src/download/download.ts';
import { DetectError } from '../../src/errors.ts';
import { type Answerer, serveHttp, type TestServer } from './servers.ts';

/** What the running test leaves behind, undone last to first. */
export const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server on loopback, opened the way an operator would open it, and a downloader for it. */
export async function setUp(
  answer: Answerer,
  options: DownloaderOptions = {},
): Promise<TestServer & { downloader: Downloader; url: string }> {
  const server = await serveHttp(answer);
  const downloader = createDownloader({ allow: '127.0.0.1', ...options });
  cleanups.push(server.close, downloader.close);
  return { ...server, downloader, url: `http://127.0.0.1:${server.port}` };
}

/** The DetectError that a promise rejects with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<DetectError> {
  const error = await promise.then(
    () => new Error('no failure'),
    (reason) => reason,
  );
  if (error instanceof DetectError) return error;
  throw error;
}

/** Waits until the server sees no connection any more. */
export async function disconnected(server: TestServer): Promise<void> {
  await expect.poll(() => server.open.size, { timeout: 2000, interval: 5 }).toBe(0);
}

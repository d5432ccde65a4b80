import type { FastifyRequest } from 'fastify';
import { untilAborted } from '../download/until-aborted.ts';
import type { Uploads } from '../uploads/uploads.ts';

/** The header that asks for `oss://` addresses to be taken; without it they are not addresses of pictures. */
const HEADER = 'x-dashscope-ossresourceresolve';

/** An `onRequest` hook: whoever says so may name uploads of their own key. */
export function resolveUploads(uploads: Uploads): (request: FastifyRequest) => Promise<void> {
  return async ({ headers, exchange }) => {
    if (String(headers[HEADER]).trim().toLowerCase() !== 'enable') return;
    exchange.openUpload = (address) =>
      untilAborted(uploads.read(address, exchange.share, exchange.signal), exchange.signal);
  };
}

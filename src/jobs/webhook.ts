/** Telling a job's owner that it ended: one signed POST, through the same guard as every download. */

import { createHmac, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { parseAllowList } from '../download/allow.ts';
import { createTrust, dialTcp, openConnection } from '../download/connect.ts';
import { startDeadline } from '../download/deadline.ts';
import { type DownloaderOptions, USER_AGENT } from '../download/download.ts';
import { loadClient, MAX_HEADER_BYTES } from '../download/exchange.ts';
import { createGuard } from '../download/guard.ts';
import { oneConnection } from '../download/one-connection.ts';
import { resolverFor, resolveTarget } from '../download/resolve.ts';
import { parseImageUrl, targetOf } from '../download/url.ts';
import type { Notice } from './job.ts';
import { jobBody } from './wire.ts';

/** The header with the signature: `sha256=` and the HMAC-SHA256 of the body, keyed with the job's secret, in hex. */
const SIGNATURE_HEADER = 'x-signature';
/** How long a receiver may take for its answer, look-up and connection included, in ms. */
export const WEBHOOK_MS = 10_000;

const SECRET_BYTES = 32;

/** A secret for one job's webhook: `whsec-` and 32 random bytes as hex. */
export function newWebhookSecret(): string {
  return `whsec-${randomBytes(SECRET_BYTES).toString('hex')}`;
}

/** The value of {@link SIGNATURE_HEADER}. */
function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Calls a webhook. Rejects with whatever kept it from being answered with a 2xx. */
export type Deliver = (notice: Notice, signal: AbortSignal) => Promise<void>;

/**
 * Builds it from the operator's allow-list and where this service listens. Redirects are not followed: the owner can
 * name the right address.
 *
 * @throws {DetectError} `option.invalid` for an allow-list that can't be read
 */
export function createDeliver({
  allow = '',
  self,
  ca,
}: Pick<DownloaderOptions, 'allow' | 'self' | 'ca'>): Deliver {
  const allowed = parseAllowList(allow);
  const link = { guard: createGuard(allowed, self), dial: dialTcp, trust: createTrust(ca) };

  return async ({ url: text, secret, job, attempt }, signal) => {
    const url = parseImageUrl(text);
    const target = targetOf(url);
    const deadline = startDeadline(WEBHOOK_MS, signal);
    try {
      const resolver = resolverFor(allowed.opensName(target));
      const addresses = await deadline.race(resolveTarget(target, link.guard, resolver, deadline.signal));
      const socket = await openConnection(url, target, addresses, link, deadline.signal);
      const body = JSON.stringify({ event: 'job.ended', attempt: attempt + 1, job: jobBody(job) });
      const status = await post(url, socket, body, signatureOf(body, secret), deadline.signal);
      if (status < 200 || status > 299) throw new Error(`The receiver of the webhook answered ${status}.`);
    } finally {
      deadline.clear();
    }
  };
}

/** Sends one POST over a connection that was checked, and waits for the status only: nobody reads the body. */
async function post(
  url: URL,
  socket: Socket,
  body: string,
  signature: string,
  signal: AbortSignal,
): Promise<number> {
  const { Client } = await loadClient();
  const client = new Client(url.origin, { connect: oneConnection(socket), maxHeaderSize: MAX_HEADER_BYTES });
  try {
    const answer = await client.request({
      method: 'POST',
      path: url.pathname + url.search,
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        [SIGNATURE_HEADER]: signature,
      },
      body,
      reset: true,
      signal,
    });
    answer.body.on('error', () => undefined).destroy();
    return answer.statusCode;
  } finally {
    socket.destroy();
    await client.destroy();
  }
}

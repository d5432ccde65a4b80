import type { ServerResponse } from 'node:http';
import type { Release } from './admission.ts';

/**
 * Gives a place back when the connection is done with the answer. Where the caller hung up while something was waited for, that is
 * now: the event has been, and does not come again, so the place would be taken for ever.
 */
export function releaseOnClose(response: ServerResponse, release: Release): void {
  if (response.closed || response.destroyed) release();
  else response.once('close', release);
}

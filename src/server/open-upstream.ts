/** Who is asked what is not served here. */
import type { Self } from '../download/guard.ts';
import { Relay } from '../upstream/relay.ts';
import type { Options } from './options.ts';
import type { PassOnSettings } from './pass-on.ts';

/** The upstream, and whose calls go there. */
export interface Upstream {
  readonly relay: Relay;
  readonly settings: PassOnSettings;
}

/**
 * Prepares for it. Nothing is looked up or connected to before there is a call.
 *
 * @param self where this process itself listens
 * @returns undefined where the operator named none
 */
export async function openUpstream(options: Options, self: Self): Promise<Upstream | undefined> {
  const {
    upstream: url,
    upstreamAllow: allow,
    upstreamConnections: connections,
    upstreamWaitMs: waitMs,
  } = options;
  if (url === undefined) return undefined;
  const relay = await Relay.open({ url, allow, self, connections, waitMs });
  return { relay, settings: options };
}

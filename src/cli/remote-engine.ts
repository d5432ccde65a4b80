/** The engine of `check --server`: a service inspects, and the models are not loaded here. */
import { createClient } from '../client/index.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Engine } from './engine.ts';
import type { Server } from './server.ts';

/** Further tries for one picture while the service has no room, or the key is over its rate: about a minute of pauses. */
const BUSY_RETRIES = 11;

/**
 * An engine that sends pictures to a service. A policy goes along with each.
 *
 * @param ended gives up what is under way
 * @throws DetectError `option.invalid`, `key.invalid`
 */
export function openRemoteEngine({ url, key }: Server, policy: PolicyOverrides, ended: AbortSignal): Engine {
  const client = createClient({ baseUrl: url, apiKey: key, signal: ended, busyRetries: BUSY_RETRIES });
  return {
    async examine(bytes, { isAnnotated = false } = {}) {
      const wanted = { policy, annotated: isAnnotated ? ('png' as const) : undefined };
      const { inspection, annotated } = await client.inspect(bytes, wanted);
      if (annotated === null) return { inspection };
      return { inspection, annotated: new Uint8Array(await annotated.arrayBuffer()) };
    },
    close: async () => undefined,
  };
}

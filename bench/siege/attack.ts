import type { HostileHosts } from './hosts.ts';
import type { Random } from './random.ts';

/** What an attack has at hand. */
export interface Means {
  /** The service. */
  readonly url: string;
  readonly hosts: HostileHosts;
  readonly random: Random;
  /** The attackers' keys, each with a rate of its own. */
  readonly keys: readonly string[];
  /** Ends all attacks. */
  readonly signal: AbortSignal;
}

/** One kind of attack. */
export interface Attack<M = Means> {
  readonly name: string;
  /** How often it is begun, in milliseconds. */
  readonly everyMs: number;
  /** How many may be under way; more are not begun. */
  readonly atOnce: number;
  /** Does it once, and tells what was answered: a status, or a word for what came in place of one. */
  run(means: M): Promise<string | number>;
}

/** Longest wait of an attacker for an answer, in milliseconds. */
const PATIENCE_MS = 30_000;

/** The contract's path. */
export const DETECT = '/api/v1/services/aigc/image2video/face-detect';

/** What is sent. */
export interface Shot {
  readonly path: string;
  readonly key?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  /** Hangs up after so many milliseconds. */
  readonly hangUpMs?: number;
}

/** Sends a request and gives its status. */
export async function fire({ url, signal }: Means, shot: Shot): Promise<string | number> {
  const { path, key, method = 'POST', headers = {}, body, hangUpMs = PATIENCE_MS } = shot;
  const ends = AbortSignal.any([signal, AbortSignal.timeout(hangUpMs)]);
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
      ...(body !== undefined && { body }),
      signal: ends,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    if (signal.aborted) return 'siege over';
    return ends.aborted ? 'hung up' : 'cut off';
  }
}

/** A body of the contract for a picture's address. */
export function detectBody(imageUrl: string): string {
  return JSON.stringify({ model: 'liveportrait-detect', input: { image_url: imageUrl } });
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Self } from '../download/guard.ts';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';

/** What is said of a port that cannot be had, by the system's code. */
const REFUSALS = {
  EADDRINUSE: SERVICE_DETAILS.portTaken,
  EACCES: SERVICE_DETAILS.portForbidden,
} as const;

/** The servers of one process that listen. */
export class Listeners {
  readonly #ports: number[] = [];
  /** Where this process itself is, for the guard, which asks at every address. */
  readonly self: Self = { ports: () => this.#ports };

  /**
   * Has a server listen.
   *
   * @returns its address as a person on this machine can open it, with the real port
   * @throws DetectError `option.invalid`
   */
  async listen(server: Server, host: string, port: number): Promise<string> {
    try {
      server.listen(port, host);
      await once(server, 'listening');
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const { code } = cause as { readonly code?: keyof typeof REFUSALS };
      const told = (code && REFUSALS[code]) ?? SERVICE_DETAILS.notListening;
      throw new DetectError('option.invalid', fill(told, { host, port, problem }), { cause });
    }
    const { port: real } = server.address() as AddressInfo;
    this.#ports.push(real);
    const everywhere = host === '0.0.0.0' || host === '::';
    const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return `http://${name}:${real}`;
  }
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Self } from '../download/guard.ts';
import { DetectError } from '../wire/errors.ts';

/** The servers of one process that listen. */
export class Listeners {
  readonly #servers: Server[] = [];
  /** Where this process itself is, for the guard. */
  readonly self: Self = { ports: () => this.#servers.map(portOf) };

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
      throw new DetectError('option.invalid', `Cannot listen on ${host}, port ${port}: ${problem}`, {
        cause,
      });
    }
    this.#servers.push(server);
    const everywhere = host === '0.0.0.0' || host === '::';
    const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return `http://${name}:${portOf(server)}`;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

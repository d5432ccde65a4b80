/** What the people and programs that run a process ask it, on a port that callers cannot reach. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Closers } from './closers.ts';
import type { Listeners } from './listeners.ts';
import type { Metrics } from './metrics.ts';
import type { Options } from './options.ts';
import { HEALTHY, type HealthDeps, readinessOf } from './readiness.ts';

/** What there is to tell. */
export interface OperatorDeps extends HealthDeps {
  readonly metrics: Metrics;
}

/** Where it listens, and who ends it. */
export interface OperatorPlace {
  readonly options: Pick<Options, 'metricsHost' | 'metricsPort'>;
  readonly listeners: Listeners;
  readonly closers: Closers;
}

/**
 * Has such a server listen, if the options name a port for it.
 *
 * @returns the address of the metrics, undefined without a port
 * @throws DetectError `option.invalid`
 */
export async function listenForOperators(
  deps: OperatorDeps,
  { options, listeners, closers }: OperatorPlace,
): Promise<string | undefined> {
  if (options.metricsPort === undefined) return undefined;
  const server = createOperatorServer(deps);
  closers.add(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${await listeners.listen(server, options.metricsHost, options.metricsPort)}/metrics`;
}

/** A server with `/metrics`, `/healthz`, `/readyz` and nothing else. It does not listen yet. */
export function createOperatorServer(deps: OperatorDeps): Server {
  const { registry } = deps.metrics;
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void> | void>> = {
    '/healthz': (response) => sendJson(response, 200, HEALTHY),
    '/readyz': (response) => {
      const readiness = readinessOf(deps);
      sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness);
    },
    '/metrics': async (response) => {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    },
  };
  return createServer(async ({ method, url = '' }, response) => {
    const [path = ''] = url.split('?', 1);
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    try {
      if (answer === undefined) response.writeHead(404).end();
      else if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
      else await answer(response);
    } catch {
      response.writeHead(500).end();
    }
  });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

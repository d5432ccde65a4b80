import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.ts';

/** A server with nothing but `GET /metrics`, for a port that callers cannot reach. It does not listen yet. */
export function createMetricsServer({ registry }: Metrics): Server {
  return createServer(async (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  });
}

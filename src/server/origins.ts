import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Answers browsers' questions for the configured origins, and for no other. */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: (origin, decide) =>
      decide(null, origin !== undefined && (origins.includes('*') || origins.includes(origin))),
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: ['x-request-id', 'x-reason', 'x-repairs', 'x-job-state'],
    maxAge: 3600,
    strictPreflight: false,
    hideOptionsRoute: true,
  });
}

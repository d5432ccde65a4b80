import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { withDetails } from './openapi-details.ts';

/** Everything that the page at `/docs` needs is in the package; the browser is told to load nothing from elsewhere. */
const DOCS_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * Describes the routes that are registered after it, for {@link docsRoutes}.
 *
 * @param url of the service from outside, with any prefix, where that is known
 */
export async function describeRoutes(app: FastifyInstance, url = '/'): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'liveportrait-detect',
        version,
        description: 'Will this picture work as a talking portrait?',
      },
      servers: [{ url, description: 'This service.' }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: ({ schema, url: path }) => ({ schema: toJsonSchema(schema), url: path }),
    transformObject: (document) =>
      'openapiObject' in document ? withDetails(document.openapiObject) : document.swaggerObject,
  });
}

/** `GET /openapi.json`, and `GET /docs`, a page for people. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', DOCS_POLICY);
    });
    await scope.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        telemetry: false,
        // A bar for those who write such a description, which would send it to Scalar's servers.
        showDeveloperTools: 'never',
        withDefaultFonts: false,
        hideClientButton: true,
      },
    });
  });
}

/** The same value with every Zod schema in it as JSON Schema. */
function toJsonSchema<T>(value: T): T {
  if (value instanceof z.ZodType) {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(value, { target: 'draft-2020-12', io: 'input' });
    return schema as T;
  }
  if (Array.isArray(value)) return value.map(toJsonSchema) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toJsonSchema(part)])) as T;
}

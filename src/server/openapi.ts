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

/** Its own greys and colours of verbs are too light to be read by everybody (4.5 to 1 is wanted). */
const DOCS_STYLE = `
.light-mode { --scalar-color-2: #3f4650; --scalar-color-3: #555d68; --scalar-color-green: #0a6b3d; --scalar-color-blue: #0b5cad;
  --scalar-color-orange: #8f4a00; --scalar-color-red: #b3261e; --scalar-color-purple: #5b3ea8; --scalar-color-yellow: #6f5b00; }
.dark-mode { --scalar-color-2: #c3c8d0; --scalar-color-3: #a7aeb9; --scalar-color-red: #ff8f87; }
`;

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
      // Of every call that does not say otherwise.
      security: [{ key: [] }],
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
    scope.addHook('onSend', async (_request, reply, payload) => {
      reply.header('content-security-policy', DOCS_POLICY);
      // Screen readers ask for the language, which the page does not tell.
      return typeof payload === 'string' ? payload.replace('<html>', '<html lang="en">') : payload;
    });
    await scope.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        telemetry: false,
        // A bar for those who write such a description, which would send it to Scalar's servers.
        showDeveloperTools: 'never',
        withDefaultFonts: false,
        hideClientButton: true,
        customCss: DOCS_STYLE,
        authentication: { preferredSecurityScheme: 'key' },
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

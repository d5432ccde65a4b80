import { readFileSync } from 'node:fs';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { z } from 'zod';
import { withDetails } from './openapi-details.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** An OpenAPI document. */
export type OpenApi = ReturnType<FastifyInstance['swagger']>;

/**
 * Describes the routes that are registered after it, for `openapi.json` and the reference.
 *
 * @param url of the service from outside, with any prefix, where that is known
 * @returns gives the description, which is made when somebody asks for it first: few do, and every start would wait
 */
export function describeRoutes(app: FastifyInstance, url = '/'): () => Promise<OpenApi> {
  const routes: Pick<RouteOptions, 'method' | 'url' | 'schema'>[] = [];
  app.addHook('onRoute', ({ method, url: path, schema }) => {
    // Fastify adds a HEAD of its own to each GET.
    if (method !== 'HEAD') routes.push({ method, url: path, ...(schema && { schema }) });
  });
  let description: Promise<OpenApi> | undefined;
  return () => {
    description ??= describe(routes, url);
    return description;
  };
}

/** Makes a description of routes, by an app that has the same ones and is never asked. */
async function describe(
  routes: readonly Pick<RouteOptions, 'method' | 'url' | 'schema'>[],
  url: string,
): Promise<OpenApi> {
  const { default: swagger } = await import('@fastify/swagger');
  const app = Fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
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
  for (const route of routes) app.route({ ...route, handler: () => undefined });
  await app.ready();
  return app.swagger();
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

import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { withDetails } from './openapi-details.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * Describes the routes that are registered after it, for `openapi.json` and the reference.
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

/** Parameters of a query that do not exist: what they were to do would not be done, and nobody would know. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Detail, DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { isPlainName, nearNames } from '../wire/near-names.ts';

/**
 * Refuses a query with a parameter that the route's schema does not have; a route without any leaves its query alone.
 * A hook of `onRequest`, behind the gate: no body is read for it.
 *
 * @throws DetectError `request.query`, naming the parameter and the one that is meant
 */
export async function refuseUnknownParameters({ query, routeOptions }: FastifyRequest): Promise<void> {
  const schema = routeOptions.schema?.querystring as z.ZodObject | undefined;
  if (schema === undefined) return;
  const { shape } = schema;
  const unknown = Object.keys(query as object).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined)
    throw new DetectError('request.query', await faultOf(unknown, Object.keys(shape)));
}

async function faultOf(name: string, known: readonly string[]): Promise<Detail> {
  const names = known.join(', ');
  if (!isPlainName(name)) return fill(REQUEST_DETAILS.strangeParameter, { names });
  const [meant] = await nearNames(name, known);
  return meant === undefined
    ? fill(REQUEST_DETAILS.noParameter, { name, names })
    : fill(REQUEST_DETAILS.meantParameter, { name, meant });
}

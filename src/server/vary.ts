/** What an answer goes by beside its address. */
import type { FastifyReply } from 'fastify';

/**
 * Says that an answer goes by a header of the request, beside those that were said before.
 *
 * @param name in lower case
 */
export function varyBy(reply: FastifyReply, name: string): void {
  const known = String(reply.getHeader('vary') ?? '');
  // An answer that failed on its way has told it already.
  if (known.toLowerCase().split(', ').includes(name)) return;
  reply.header('vary', known === '' ? name : `${known}, ${name}`);
}

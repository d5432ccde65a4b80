/** `GET /openapi.json`, and `GET /docs/`, the same for people. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Language, languageOf } from '../../core/words/catalogue.ts';
import { languageFor, tellLanguage } from '../language.ts';
import type { OpenApi } from '../openapi.ts';
import { tokensOfCall } from '../openapi-details.ts';
import type { ApiDescription } from '../reference/description.ts';
import { referencePage } from '../reference/page.ts';
import { REFERENCE_STYLE } from '../reference/style.ts';

/** The page has one style and no script, and loads nothing. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(REFERENCE_STYLE).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Registers both. */
export function referenceRoutes(app: FastifyInstance, description: () => Promise<OpenApi>): void {
  const hide = { schema: { hide: true } };
  const pages = new Map<Language, string>();
  let document: string | undefined;
  app.get('/openapi.json', hide, async (_request, reply) => {
    // Two hundred kilobytes, the same at each call: to write them anew takes two milliseconds, in which nobody else is served.
    document ??= JSON.stringify(await description());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.get<{ Querystring: { lang?: unknown } }>('/docs/', hide, async (request, reply) => {
    const [path = '', query] = request.url.split('?', 2);
    if (!path.endsWith('/')) {
      // Relative, as the service may lie below any path of a proxy.
      return reply
        .code(301)
        .header('location', `docs/${query === undefined ? '' : `?${query}`}`)
        .send();
    }
    const { lang } = request.query;
    const chosen = typeof lang === 'string' ? languageOf(lang) : undefined;
    const language = chosen ?? languageFor(request);
    const page =
      pages.get(language) ??
      referencePage((await description()) as unknown as ApiDescription, language, tokensOfCall);
    pages.set(language, page);
    tellLanguage(reply, language);
    return reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(page);
  });
}

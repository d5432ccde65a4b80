/** The page for people, as `npm run build` leaves it, and the drawn pictures that it offers to try. */
import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Policy } from '../../core/checks/policy.ts';
import { EXAMPLES, PAGE } from '../package-files.ts';
import { varyBy } from '../vary.ts';

/** The browser loads nothing from elsewhere, runs no script but the page's, and shows it in no frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  // The judge in the page is WebAssembly.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  // blob: is for the pictures that the person has chosen; they are shown from memory.
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Names in `assets/` hold a hash of the content, so a copy never grows old. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';
const AN_HOUR = 'public, max-age=3600';

/** What the page wants to know of the service behind it. */
export interface PageDeps {
  /** The limits that pictures are judged by. */
  readonly policy: Policy;
}

/**
 * `GET /`: the page, with its parts below `/assets/`, and `GET /examples/*.jpg`, and `GET /service.json`,
 * by which the page knows that there is a service, without a key: limits are not secret. Registers nothing for what has not
 * been built or drawn. Texts are sent as the build compressed them.
 */
export async function pageRoutes(app: FastifyInstance, { policy }: PageDeps): Promise<void> {
  app.get('/service.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', ASK_FIRST);
    return { service: { policy } };
  });
  if (existsSync(`${PAGE}index.html`)) {
    await app.register(async (scope) => {
      // Here, and not with the headers below, which what is said of origins would replace.
      scope.addHook('onRequest', async (_request, reply) => varyBy(reply, 'accept-encoding'));
      await scope.register(files, {
        root: PAGE,
        wildcard: false,
        // The last two are answered below, as this service has them.
        globIgnore: ['**/*.br', '**/*.gz', 'examples/**', 'service.json'],
        preCompressed: true,
        cacheControl: false,
        setHeaders(reply, path) {
          const hashed = path.startsWith(`${PAGE}assets${sep}`);
          reply.setHeader('cache-control', hashed ? FOR_EVER : ASK_FIRST);
          reply.setHeader('content-security-policy', PAGE_POLICY);
          reply.setHeader('referrer-policy', 'no-referrer');
          reply.setHeader('x-content-type-options', 'nosniff');
        },
      });
    });
  }
  if (existsSync(EXAMPLES)) {
    await app.register(files, {
      root: EXAMPLES,
      prefix: '/examples/',
      wildcard: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders(reply) {
        reply.setHeader('cache-control', AN_HOUR);
        reply.setHeader('x-content-type-options', 'nosniff');
      },
    });
  }
}

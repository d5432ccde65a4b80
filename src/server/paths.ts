/** Which paths there are, for requests that no route takes. */
import { DetectError } from '../errors.ts';
import { OWN_PREFIX, UPLOADS_PATH } from '../wire/paths.ts';
import { vendorCall } from '../wire/vendor-paths.ts';

/** Paths of the vendor's services, whose unknown tasks have an answer of their own. */
const SERVICES_PREFIX = '/api/v1/services/';

/** A request's target in origin form (RFC 9112, section 3.2.1), without what parsers disagree on. */
const ORIGIN_FORM = /^\/[!"$-[\]-~]*$/;
/** The first part of a path that can be another service's: no name of a file, nothing in disguise. */
const FIRST_PART = /^\/+([A-Za-z0-9_-]+)(?=[/?]|$)/;
/** What a monitor, a browser or an orchestrator asks of this host, and no other. */
const OF_THIS_HOST: ReadonlySet<string> = new Set([
  'health',
  'healthcheck',
  'healthz',
  'live',
  'livez',
  'metrics',
  'ready',
  'readyz',
  'status',
]);
/** What the vendor's paths begin with, some of which are served here. */
const SHARED = 'api';
/** How often a path is decoded. What is encoded more deeply stays as it is, for the routes too. */
const MOST_DECODINGS = 3;
const DELETE = '\x7f';

/** The paths that routes were registered for, each with its verbs. */
export class Paths {
  readonly #known: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  readonly #firstParts = new Set<string>();

  /**
   * Notes a route.
   *
   * @param url as Fastify has it; `:name` stands for one segment. Paths with a `*` are for files of the page, and not noted
   */
  add(url: string, methods: string | readonly string[]): void {
    const [, first = ''] = url.toLowerCase().split('/');
    this.#firstParts.add(first);
    if (url.includes('*')) return;
    const text = url.replace(/\/$/, '').replace(/[.+?^$()[\]{}|\\]/g, '\\$&');
    this.#known.push({
      pattern: new RegExp(`^${text.replace(/:\w+/g, '[^/]+')}/?$`),
      methods: [methods].flat(),
    });
  }

  /** Whether a path is below our own API, and none that the vendor has. */
  isOwn(url: string): boolean {
    return pathOf(url).startsWith(OWN_PREFIX);
  }

  /** The verbs that a path of a request takes, in the order of the alphabet; none where there is no such path. */
  methodsOf(url: string): readonly string[] {
    const path = pathOf(url);
    const all = this.#known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(all)].sort();
  }

  /**
   * The verbs to take instead, where a path has others than the one of a request that no route takes. None where it has this
   * one, too: a part of the path is then longer than names may be, or not text, and so there is no such path.
   */
  insteadOf(method: string, url: string): readonly string[] {
    const methods = this.methodsOf(url);
    return methods.includes(method) ? [] : methods;
  }

  /**
   * Whether a request that no route takes may be for another service: a plain path, whose first part is not one of ours, and which is
   * no path of ours in another spelling.
   */
  isForeign(url: string): boolean {
    const first = ORIGIN_FORM.test(url) ? FIRST_PART.exec(url)?.[1]?.toLowerCase() : undefined;
    if (first === undefined || OF_THIS_HOST.has(first)) return false;
    if (first !== SHARED && this.#firstParts.has(first)) return false;
    const plain = decoded(pathOf(url));
    // Whoever resolves dots would get to another path than the one that was looked at here.
    if (plain === undefined || /\/\.{1,2}(?:[/;]|$)/.test(plain)) return false;
    const squeezed = plain
      .replace(/;[^/]*/g, '')
      .replace(/\/{2,}/g, '/')
      .toLowerCase();
    return this.methodsOf(squeezed).length === 0 && !`${squeezed}/`.startsWith(`${UPLOADS_PATH}/`);
  }

  /**
   * Why a request that no route takes is refused, and the sentence for it where that is more than the catalogue's: what the vendor
   * has on such a path.
   */
  refusal(method: string, url: string): { readonly error: DetectError; readonly message?: string } {
    const path = pathOf(url);
    if (this.insteadOf(method, url).length > 0) {
      const isUpload = path.replace(/\/$/, '') === UPLOADS_PATH;
      return { error: new DetectError(isUpload ? 'upload.method' : 'request.method') };
    }
    const error = new DetectError(path.startsWith(SERVICES_PREFIX) ? 'request.task' : 'request.path');
    const tail = vendorCall(path);
    return tail === undefined ? { error } : { error, message: `${error.entry.message} ${tail}` };
  }
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/{2,}/g, '/');
}

/** A path with its escapes undone, backslashes as slashes; undefined where control characters come out, or no end is in sight. */
function decoded(path: string): string | undefined {
  let text = path;
  for (let round = 0; round < MOST_DECODINGS; round++) {
    const next = text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    if ([...next].some((character) => character < ' ' || character === DELETE)) return undefined;
    if (next === text) return text.replace(/\\/g, '/');
    text = next;
  }
  return undefined;
}

/** Which paths there are, for requests that no route takes. */
import { DetectError } from '../errors.ts';
import { UPLOADS_PATH } from '../wire/paths.ts';

/** Paths of the vendor's services, whose unknown tasks have an answer of their own. */
const SERVICES_PREFIX = '/api/v1/services/';

/** The paths that routes were registered for, each with its verbs. */
export class Paths {
  readonly #known: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  /**
   * Notes a route.
   *
   * @param url as Fastify has it; `:name` stands for one segment. Paths with a `*` are for files of the page, and not noted
   */
  add(url: string, methods: string | readonly string[]): void {
    if (url.includes('*')) return;
    const text = url.replace(/\/$/, '').replace(/[.+?^$()[\]{}|\\]/g, '\\$&');
    this.#known.push({
      pattern: new RegExp(`^${text.replace(/:\w+/g, '[^/]+')}/?$`),
      methods: [methods].flat(),
    });
  }

  /** The verbs that a path of a request takes, in the order of the alphabet; none where there is no such path. */
  methodsOf(url: string): readonly string[] {
    const path = pathOf(url);
    const all = this.#known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(all)].sort();
  }

  /** Why a request that no route takes is refused. */
  refusal(url: string): DetectError {
    const path = pathOf(url);
    if (this.methodsOf(url).length > 0) {
      return new DetectError(path.replace(/\/$/, '') === UPLOADS_PATH ? 'upload.method' : 'request.method');
    }
    return new DetectError(path.startsWith(SERVICES_PREFIX) ? 'request.task' : 'request.path');
  }
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/{2,}/g, '/');
}

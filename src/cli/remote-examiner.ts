/** The examiner of `check --server`: a service inspects, and the models are not loaded here. */
import { createClient } from '../client/index.ts';
import { inLanguage } from '../core/checks/in-language.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import type { Language } from '../core/words/catalogue.ts';
import { CLIENT_DETAILS, DetectError } from '../errors.ts';
import type { Examiner } from './examiner.ts';
import type { Server } from './server.ts';

/** Further tries for one picture while the service has no room, or the key is over its rate: about a minute of pauses. */
const BUSY_RETRIES = 11;

/** What a run says once to an examiner that is elsewhere. */
export interface RemoteRun {
  /** What advice is told in. */
  readonly language: Language;
  /** Gives up what is under way. */
  readonly ended: AbortSignal;
}

/**
 * An examiner that sends pictures to a service. A policy goes along with each.
 *
 * @throws DetectError `option.invalid`, `key.invalid`
 */
export function openRemoteExaminer(
  { url, key }: Server,
  policy: PolicyOverrides,
  { language, ended }: RemoteRun,
): Examiner {
  const client = createClient({ baseUrl: url, apiKey: key, signal: ended, busyRetries: BUSY_RETRIES });
  return {
    async examine(bytes, { isAnnotated = false } = {}) {
      const wanted = { policy, annotated: isAnnotated ? ('png' as const) : undefined };
      const { inspection, annotated } = await client.inspect(bytes, wanted);
      const advised = adviseIn(inspection, language);
      if (annotated === null) return { inspection: advised };
      return { inspection: advised, annotated: new Uint8Array(await annotated.arrayBuffer()) };
    },
    close: async () => undefined,
  };
}

/**
 * An inspection with its advice in a language. Advice needs what it is about, and a service that measures something else may
 * not say that.
 *
 * @throws DetectError `service.answer`
 */
function adviseIn(inspection: Inspection, language: Language): Inspection {
  try {
    return inLanguage(inspection, language);
  } catch (cause) {
    throw new DetectError('service.answer', CLIENT_DETAILS.foreign, { cause });
  }
}

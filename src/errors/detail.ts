/**
 * What an error may say of its own case: a sentence of one of the catalogues beside this file, so that each has a translation. One
 * that is missing in a language does not compile (`core/words/details.ts`).
 */
import type { CLIENT_DETAILS } from './client-details.ts';
import type { COMMAND_DETAILS } from './command-details.ts';
import type { CORE_DETAILS } from './core-details.ts';
import type { DAMAGE_DETAILS } from './damage-details.ts';
import type { DOWNLOAD_DETAILS } from './download-details.ts';
import type { Filled, Whole } from './fill.ts';
import type { FLAWED } from './option-problems.ts';
import type { REQUEST_DETAILS } from './request-details.ts';
import type { SERVICE_DETAILS } from './service-details.ts';

type TextsOf<Catalogue> = Catalogue[keyof Catalogue] & string;

/** A sentence of the catalogues. */
export type Template =
  | TextsOf<typeof CORE_DETAILS>
  | TextsOf<typeof DAMAGE_DETAILS>
  | TextsOf<typeof DOWNLOAD_DETAILS>
  | TextsOf<typeof REQUEST_DETAILS>
  | TextsOf<typeof CLIENT_DETAILS>
  | TextsOf<typeof SERVICE_DETAILS>
  | TextsOf<typeof COMMAND_DETAILS>
  | typeof FLAWED;

declare const RELAYED: unique symbol;

/** What another process or a service said; see {@link relayed}. */
export type Relayed = string & { readonly [RELAYED]: true };

/** What an error may be made with. */
export type Detail = Whole<Template> | Filled<Template> | Relayed;

/** A sentence that came from another process or from a service, which made it of a template there, or from another program. */
export function relayed(text: string): Relayed {
  return text as Relayed;
}

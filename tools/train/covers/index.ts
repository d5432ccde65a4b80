import { BLINDFOLD, CLOTHS, HARMLESS_CLOTHS } from './cloth.ts';
import type { Cover } from './cover.ts';
import { CLEAR_GLASSES, DARK_GLASSES, EYE_PATCH, HAIR, STRANDS } from './eyes.ts';
import { HANDS, HARMLESS_HANDS } from './hands.ts';
import { BEARD_DRAWN, LIGHT_DRAWN, MAKE_UP, MOUSTACHE_DRAWN } from './harmless.ts';
import { MASKS } from './masks.ts';
import { HARMLESS_OBJECTS, MICROPHONE, OBJECTS, THING } from './objects.ts';

/** Every kind of thing that covers a part of a face; more often what is harder to see. */
export const COVERS: readonly Cover[] = [
  ...MASKS,
  ...HANDS,
  ...OBJECTS,
  ...CLOTHS,
  ...HAIR,
  THING,
  MICROPHONE,
  DARK_GLASSES,
  DARK_GLASSES,
  DARK_GLASSES,
  BLINDFOLD,
  EYE_PATCH,
];

/** What is on many a face and must not count; more often what resembles a cover. */
export const HARMLESS: readonly Cover[] = [
  ...HARMLESS_HANDS,
  ...HARMLESS_OBJECTS,
  ...HARMLESS_CLOTHS,
  CLEAR_GLASSES,
  CLEAR_GLASSES,
  STRANDS,
  STRANDS,
  STRANDS,
  BEARD_DRAWN,
  BEARD_DRAWN,
  BEARD_DRAWN,
  BEARD_DRAWN,
  MOUSTACHE_DRAWN,
  LIGHT_DRAWN,
  MAKE_UP,
];

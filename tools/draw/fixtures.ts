import type { HeadParams } from './params.ts';
import type { Scene } from './scenes.ts';

/** Small, for the tests' speed: the face is about 85 pixels wide. */
const EDGE = 192;

/** A head that is held as the mesh takes for level. */
const LEVEL = 5;

/** What is different from {@link DEFAULT_HEAD} in each picture of `test/fixtures/drawn/`, by its name. */
const HEADS: Readonly<Record<string, Partial<HeadParams>>> = {
  'yaw-40': { yaw: -40, pitch: LEVEL },
  'yaw-20': { yaw: -20, pitch: LEVEL },
  'yaw+0': { pitch: LEVEL },
  'yaw+20': { yaw: 20, pitch: LEVEL },
  'yaw+40': { yaw: 40, pitch: LEVEL },
  'yaw+70': { yaw: 70, pitch: LEVEL },
  'pitch-25': { pitch: -25 },
  'pitch+0': {},
  'pitch+25': { pitch: 25 },
  'roll-20': { roll: -20, pitch: LEVEL },
  'roll+20': { roll: 20, pitch: LEVEL },
  'mouth-open': { mouth: 0.6, pitch: LEVEL },
  'long-hair': { hair: 'long', pitch: LEVEL },
  bald: { hair: 'bald', pitch: LEVEL },
  beard: { beard: true, pitch: LEVEL },
  mask: { cover: 'mask', pitch: LEVEL },
  scarf: { cover: 'scarf', pitch: LEVEL },
  phone: { cover: 'phone', pitch: LEVEL },
  glasses: { cover: 'glasses', pitch: LEVEL },
};

/** What `npm run draw` draws into `test/fixtures/drawn/`. */
export const FIXTURES: readonly Scene[] = Object.entries(HEADS).map(([name, head]) => ({
  file: `${name}.jpg`,
  width: EDGE,
  height: EDGE,
  background: 'studio',
  style: 'rendered',
  figures: [{ size: 0.6, ...head }],
}));

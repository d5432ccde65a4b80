/** All presets. */

import { CORE_DETAILS, DetectError, fill } from '../../errors.ts';
import type { Preset } from './preset.ts';
import { aniportrait } from './presets/aniportrait.ts';
import { dId } from './presets/d-id.ts';
import { ditto } from './presets/ditto.ts';
import { dreamtalk } from './presets/dreamtalk.ts';
import { echomimic } from './presets/echomimic.ts';
import { echomimicV2 } from './presets/echomimic-v2.ts';
import { emo } from './presets/emo.ts';
import { emoji } from './presets/emoji.ts';
import { fasterliveportrait } from './presets/fasterliveportrait.ts';
import { float } from './presets/float.ts';
import { hallo } from './presets/hallo.ts';
import { heygen } from './presets/heygen.ts';
import { joyvasa } from './presets/joyvasa.ts';
import { latentsync } from './presets/latentsync.ts';
import { liveportrait } from './presets/liveportrait.ts';
import { multitalk } from './presets/multitalk.ts';
import { musetalk } from './presets/musetalk.ts';
import { s2v } from './presets/s2v.ts';
import { sadtalker } from './presets/sadtalker.ts';
import { sonic } from './presets/sonic.ts';
import { tpsmm } from './presets/tpsmm.ts';
import { vExpress } from './presets/v-express.ts';
import { wanS2v } from './presets/wan-s2v.ts';
import { wav2lip } from './presets/wav2lip.ts';

/** All of them: LivePortrait first, then what is open, then what is hosted. */
export const PRESETS: readonly Preset[] = [
  liveportrait,
  fasterliveportrait,
  joyvasa,
  ditto,
  sadtalker,
  hallo,
  echomimic,
  echomimicV2,
  musetalk,
  wav2lip,
  sonic,
  float,
  aniportrait,
  vExpress,
  latentsync,
  dreamtalk,
  tpsmm,
  multitalk,
  wanS2v,
  emo,
  emoji,
  s2v,
  heygen,
  dId,
];

/** Their names, as a policy's `for` takes them. */
export const PRESET_NAMES: readonly string[] = PRESETS.map(({ name }) => name);

/** Characters of an unknown name that the message repeats. */
const MOST_SHOWN = 64;

/**
 * The preset of a name.
 *
 * @throws DetectError `policy.invalid` with the names that there are
 */
export function presetOf(name: unknown): Preset {
  const found = PRESETS.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  const shown = typeof name === 'string' ? ` ${JSON.stringify(name.slice(0, MOST_SHOWN))}` : ' of that kind';
  throw new DetectError(
    'policy.invalid',
    fill(CORE_DETAILS.noPreset, { shown, names: PRESET_NAMES.join(', ') }),
  );
}

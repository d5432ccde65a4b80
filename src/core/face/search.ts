import type { Pixels } from '../image/pixels.ts';
import type { RawDetection } from './anchors.ts';
import { Detector } from './detector.ts';
import type { Networks } from './networks.ts';

/**
 * Below this score nothing is a face. Profiles and covered faces go down to it; what is not a face at all and
 * scores more is left to the heads.
 */
const MIN_SCORE = 0.35;

/** A glance ends the search when it sees one face with at least this score … */
const SURE_SCORE = 0.8;
/** … that spans at least this share of the picture's long edge … */
const SURE_SHARE = 0.25;
/** … and nothing else with more than this score. */
const DOUBT_SCORE = 0.3;

/** A face in a turned picture has at least this score: usable portraits have 0.8 when they are upright. */
const TURNED_SCORE = 0.6;

/** How many quarter turns, at most, a picture may lack for its face to be upright. */
const MOST_TURNS = 3;

/**
 * Searches a picture for faces. A glance, the detector at half its input's size, costs a quarter and is enough for
 * a single face that fills much of the frame, as a portrait's does; all other pictures get the full look, which
 * sees faces from about a twentieth of the long edge on. What a glance can miss beside such a face is smaller than
 * a tenth of the frame.
 */
export class FaceSearch {
  readonly #glance: Detector;
  readonly #full: Detector;

  constructor({ glance, detector }: Pick<Networks, 'glance' | 'detector'>) {
    this.#glance = new Detector(glance);
    this.#full = new Detector(detector);
  }

  /** All faces, in pixels of `pixels`, the best score first. */
  async search(pixels: Pixels): Promise<RawDetection[]> {
    const seen = await this.#glance.look(pixels, DOUBT_SCORE);
    return isSure(seen, pixels) ? seen : this.#full.look(pixels, MIN_SCORE);
  }

  /**
   * Faces of the picture that was searched last, as it looks turned by a quarter, a half and three quarters: a glance each, the
   * best face of it. The detector knows faces that lie on their side less well than upright ones, and hardly those upside down.
   *
   * @returns in pixels of the picture, as it is
   */
  async searchTurned(): Promise<RawDetection[]> {
    const found: RawDetection[] = [];
    for (let turns = 1; turns <= MOST_TURNS; turns++) {
      found.push(...(await this.#glance.lookTurned(TURNED_SCORE)).slice(0, 1));
    }
    return found;
  }
}

function isSure(seen: readonly RawDetection[], { width, height }: Pixels): boolean {
  if (seen.length !== 1) return false;
  const [{ score, box }] = seen;
  return score >= SURE_SCORE && box[2] - box[0] >= SURE_SHARE * Math.max(width, height);
}

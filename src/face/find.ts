import type { Pixels } from '../image/pixels.ts';
import type { Face, Subject } from '../inspection.ts';
import type { Heads } from '../models/heads.ts';
import { MESH_INPUT, type Sessions } from '../models/sessions.ts';
import { type RawDetection, scaleDetection } from './anchors.ts';
import { describeFace, describeSubject } from './describe.ts';
import { Mesh } from './mesh.ts';
import { FaceSearch } from './search.ts';
import { sampleTints } from './tints.ts';

/** From this score on the detector alone is believed enough to list a face that is not the subject. */
const LISTED_SCORE = 0.5;

/** The largest candidate that is human with at least this probability is the subject … */
const BELIEVED_HUMAN = 0.5;
/** … or, where none is, the largest with this one: profiles and covered faces look less human. */
const PERHAPS_HUMAN = 0.1;

/**
 * A larger candidate is preferred to the best one only if its score is at most this much lower. True larger
 * faces of labelled pictures come within 0.17; what is further off is an arm or a wall beside a face.
 */
const SCORE_MARGIN = 0.2;

/** So many candidates are looked at more closely before the search ends. */
const MAX_CANDIDATES = 3;

/**
 * A face narrower than this, in decoded pixels, is cut out of a finer decoding where there is one, so that the
 * mesh, in whose input a face is 128 pixels wide, gets to see none that is enlarged by much.
 */
const COARSE_FACE = 112;

/** The picture to search: a first decoding, and a finer one for small faces. */
export interface PixelSource {
  readonly coarse: Pixels;
  /** Decodes finer, `scale` times if it can; null when `coarse` is as fine as it gets. */
  finer(scale: number): Promise<Pixels | null>;
  /** Size of the upright picture as stored, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The faces of a picture. */
export interface FoundFaces {
  /** The largest first. */
  readonly faces: readonly Face[];
  readonly subject: Subject | null;
}

/** Called at the end of each stage, so that a caller with a clock can time it. */
export type FaceStage = (stage: 'detect' | 'mesh') => void;

/** Finds and measures faces. It owns input buffers, so it looks at one picture at a time. */
export class FaceFinder {
  readonly #search: FaceSearch;
  readonly #mesh: Mesh;
  readonly #heads: Heads;

  constructor(sessions: Sessions, heads: Heads) {
    this.#search = new FaceSearch(sessions);
    this.#mesh = new Mesh(sessions.mesh, MESH_INPUT);
    this.#heads = heads;
  }

  /** Finds every face and measures the subject: the largest one that is human, as LivePortrait takes it. */
  async find(source: PixelSource, onStage: FaceStage): Promise<FoundFaces> {
    const { coarse } = source;
    const detections = await this.#search.search(coarse);
    detections.sort((a, b) => area(b) - area(a));
    onStage('detect');
    const subject = await this.#findSubject(source, detections);
    onStage('mesh');
    const listed = detections.filter((face) => face.score >= LISTED_SCORE || face === subject?.face);
    return {
      faces: listed.map((face) => describeFace(face, coarse)),
      subject: subject && { ...subject.described, index: listed.indexOf(subject.face) },
    };
  }

  async #findSubject(source: PixelSource, candidates: readonly RawDetection[]) {
    const topScore = Math.max(...candidates.map(({ score }) => score));
    const credible = candidates.filter(({ score }) => score >= topScore - SCORE_MARGIN);
    const seen: { face: RawDetection; described: Omit<Subject, 'index'> }[] = [];
    for (const face of credible.slice(0, MAX_CANDIDATES)) {
      const described = await this.#measure(source, face);
      seen.push({ face, described });
      if (described.heads.human >= BELIEVED_HUMAN) break;
    }
    const isAtLeast = (human: number) => seen.find(({ described }) => described.heads.human >= human);
    return isAtLeast(BELIEVED_HUMAN) ?? isAtLeast(PERHAPS_HUMAN) ?? seen[0] ?? null;
  }

  async #measure(source: PixelSource, face: RawDetection): Promise<Omit<Subject, 'index'>> {
    const { coarse } = source;
    const lack = COARSE_FACE / (face.box[2] - face.box[0]);
    const pixels = (lack > 1 && (await source.finer(lack))) || coarse;
    const scaled = scaleDetection(face, pixels.width / coarse.width, pixels.height / coarse.height);
    const mesh = await this.#mesh.measure(pixels, scaled);
    const tints = sampleTints(mesh.input, MESH_INPUT, mesh.levelled);
    const heads = this.#heads.read({ ...mesh, tints }, face.score);
    return describeSubject(scaled, pixels, mesh, heads, MESH_INPUT, source);
  }
}

function area({ box: [left, top, right, bottom] }: RawDetection): number {
  return (right - left) * (bottom - top);
}

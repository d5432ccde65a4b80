import type { PixelSource } from '../image/pixels.ts';
import type { Face, Subject } from '../inspection.ts';
import type { Heads } from '../models/heads.ts';
import { type RawDetection, scaleDetection } from './anchors.ts';
import { bandAround } from './band.ts';
import { describeFace, describeSubject } from './describe.ts';
import { frameGaps } from './frame.ts';
import { Mesh } from './mesh.ts';
import { MESH_INPUT, type Networks } from './networks.ts';
import { FaceSearch } from './search.ts';
import { readSurface, SurfaceParser } from './surface.ts';
import { sampleTints } from './tints.ts';

/** From this score on the detector alone is believed enough to list a face that is not the subject. */
const LISTED_SCORE = 0.5;

/** The largest candidate that is human with at least this probability is the subject … */
const BELIEVED_HUMAN = 0.5;
/** … or, where none is, the largest with this one: profiles and covered faces look less human. */
const PERHAPS_HUMAN = 0.1;

/**
 * A larger candidate is preferred to the best one only if its score is at most this much lower. True larger
 * faces of labelled pictures come within 0.17; what is further off is an arm or a wall beside a face …
 */
const SCORE_MARGIN = 0.2;
/** … or, where it is so many times as wide as the best one, a profile before people in the background. */
const MUCH_WIDER = 1.8;
const WIDER_SCORE_MARGIN = 0.35;

/**
 * A subject that is less clear than this may be a face that is not upright: the picture is then looked at turned as well. Of
 * 200 usable portraits one in 40 is less clear, of the same ones upside down nearly all. Where nothing at all is seen upright, it
 * was not a face in 598 of 600.
 */
const CLEAR = 0.7;
/** A face that is seen in the turned picture is preferred if it is as clear as this, … */
const TURNED_CLEAR = 0.5;
/** … so much clearer than the upright one, … */
const CLEARER_BY = 0.15;
/** … and its score at most so much lower: a bearded or tightly cut upright face can look like one upside down. */
const TURNED_SCORE_MARGIN = 0.1;

/** A face whose eyes are so far from level is turned, in radians: 60 degrees, the limit of the check. */
const TURNED_FROM = Math.PI / 3;

/** How many candidates are looked at more closely before the search ends. */
const MAX_CANDIDATES = 3;

/**
 * A face narrower than this, in decoded pixels, is cut out of a finer decoding where there is one, so that the
 * mesh, in whose input a face is 128 pixels wide, gets to see none that is enlarged by much.
 */
const COARSE_FACE = 112;

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
  readonly #surface: SurfaceParser;
  readonly #heads: Heads;

  constructor(networks: Networks, heads: Heads) {
    this.#search = new FaceSearch(networks);
    this.#mesh = new Mesh(networks.mesh);
    this.#surface = new SurfaceParser(networks.surface);
    this.#heads = heads;
  }

  /** Finds every face and measures the subject: the largest one that is human, as LivePortrait takes it. */
  async find(source: PixelSource, onStage: FaceStage): Promise<FoundFaces> {
    const { coarse } = source;
    const detections = await this.#search.search(coarse);
    detections.sort((a, b) => area(b) - area(a));
    onStage('detect');
    const upright = await this.#findSubject(source, detections);
    const isDoubtful = upright !== null && clarity(upright) < CLEAR;
    const subject = isDoubtful ? await this.#orTurned(source, upright) : upright;
    onStage('mesh');
    const listed = listedFaces(detections, subject?.face ?? null);
    return {
      faces: listed.map((face) => describeFace(face, coarse)),
      subject: subject && { ...subject.described, index: listed.indexOf(subject.face) },
    };
  }

  async #findSubject(source: PixelSource, candidates: readonly RawDetection[]) {
    const credible = credibleOf(candidates);
    const seen: Candidate[] = [];
    for (const face of credible.slice(0, MAX_CANDIDATES)) {
      const described = await this.#measure(source, face);
      seen.push({ face, described });
      if (described.heads.human >= BELIEVED_HUMAN) break;
    }
    const isAtLeast = (human: number) => seen.find(({ described }) => described.heads.human >= human);
    return isAtLeast(BELIEVED_HUMAN) ?? isAtLeast(PERHAPS_HUMAN) ?? seen[0] ?? null;
  }

  /** The subject, or the face of the picture turned if that is much clearer. */
  async #orTurned(source: PixelSource, upright: Candidate): Promise<Candidate> {
    let best = upright;
    let most = Math.max(TURNED_CLEAR, clarity(upright) + CLEARER_BY);
    const leastScore = upright.face.score - TURNED_SCORE_MARGIN;
    const faces = await this.#search.searchTurned();
    for (const face of faces.filter((face) => isTurned(face) && face.score >= leastScore)) {
      const turned = { face, described: await this.#measure(source, face) };
      if (clarity(turned) < most) continue;
      best = turned;
      most = clarity(turned);
    }
    return best;
  }

  async #measure(source: PixelSource, face: RawDetection): Promise<Omit<Subject, 'index'>> {
    const { coarse } = source;
    const lack = COARSE_FACE / width(face);
    const pixels = (lack > 1 && (await source.finer(lack, bandAround(face, coarse.height)))) || coarse;
    const scaled = scaleDetection(face, pixels.width / coarse.width, pixels.height / coarse.height);
    const mesh = await this.#mesh.measure(pixels, scaled);
    const tints = sampleTints(mesh.input, MESH_INPUT, mesh.levelled);
    const map = await this.#surface.parse(pixels, mesh.square);
    const surface = readSurface(map, mesh.levelled, MESH_INPUT);
    const frame = frameGaps(mesh.square, pixels);
    const heads = this.#heads.read({ ...mesh, tints, surface, frame }, face.score);
    return describeSubject(scaled, pixels, mesh, { heads, surface }, MESH_INPUT, source);
  }
}

/** A detection, and what the mesh and the heads say of it. */
interface Candidate {
  readonly face: RawDetection;
  readonly described: Omit<Subject, 'index'>;
}

/** Candidates that can be the subject beside the one with the best score. */
function credibleOf(candidates: readonly RawDetection[]): RawDetection[] {
  if (candidates.length === 0) return [];
  const best = candidates.reduce((best, face) => (face.score > best.score ? face : best));
  return candidates.filter((face) => {
    const margin = width(face) >= MUCH_WIDER * width(best) ? WIDER_SCORE_MARGIN : SCORE_MARGIN;
    return face.score >= best.score - margin;
  });
}

/** How clearly a candidate is a human face, from the front and uncovered, 0 to 1. */
function clarity({ described: { score, heads } }: Candidate): number {
  return score * heads.human * (1 - heads.profile) * (1 - heads.obstructed);
}

/** Whether the line from a face's right eye to its left one is far from level: an upright face looks no clearer turned. */
function isTurned({ points: [rightX, rightY, leftX, leftY] }: RawDetection): boolean {
  return leftX - rightX < Math.cos(TURNED_FROM) * Math.hypot(leftX - rightX, leftY - rightY);
}

/** What is told of: the subject, and what the detector is sure of elsewhere; the largest first. */
function listedFaces(detections: readonly RawDetection[], subject: RawDetection | null): RawDetection[] {
  if (subject === null || detections.includes(subject)) {
    return detections.filter((face) => face.score >= LISTED_SCORE || face === subject);
  }
  const elsewhere = detections.filter((face) => face.score >= LISTED_SCORE && !hasMiddleOf(face, subject));
  return [...elsewhere, subject].sort((a, b) => area(b) - area(a));
}

/** Whether the middle of a face lies within another, so that both are the same one. */
function hasMiddleOf({ box }: RawDetection, { box: [left, top, right, bottom] }: RawDetection): boolean {
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return x > left && x < right && y > top && y < bottom;
}

function width({ box: [left, , right] }: RawDetection): number {
  return right - left;
}

function area({ box: [left, top, right, bottom] }: RawDetection): number {
  return (right - left) * (bottom - top);
}

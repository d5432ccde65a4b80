/** A face in the detector's own input: pixels of the square that it was shown. */
export interface RawDetection {
  readonly score: number;
  /** Left, top, right, bottom. */
  readonly box: readonly [number, number, number, number];
  /** Right eye, left eye, nose, mouth, right ear, left ear as x, y pairs. */
  readonly points: readonly number[];
}

/** One of the detector's two grids: its tensors, its stride in pixels, and the anchors in each cell. */
export interface AnchorGrid {
  /** One logit per anchor. */
  readonly scores: Float32Array;
  /** 16 numbers per anchor: centre x, y, width, height, six points; in pixels, relative to the cell's centre. */
  readonly boxes: Float32Array;
  readonly stride: number;
  readonly perCell: number;
}

/** Numbers in an anchor's row of `boxes`. */
const ROW = 16;

/** Overlapping boxes whose intersection over union is above this are one face (MediaPipe's setting). */
const SAME_FACE_IOU = 0.3;

/**
 * Reads the faces out of the detector's grids. Overlapping boxes are blended by score, as MediaPipe does:
 * the mean of several anchors is steadier than the best one.
 *
 * @param inputSize edge of the detector's input, in pixels
 * @param minScore faces with a lower score, 0 to 1, are dropped
 * @returns faces in pixels of the input, the best score first
 */
export function readDetections(
  grids: readonly AnchorGrid[],
  inputSize: number,
  minScore: number,
): RawDetection[] {
  const minLogit = Math.log(minScore / (1 - minScore));
  const candidates: RawDetection[] = [];
  for (const { scores, boxes, stride, perCell } of grids) {
    const cells = inputSize / stride;
    for (let anchor = 0; anchor < scores.length; anchor++) {
      if (scores[anchor] < minLogit) continue;
      const cell = Math.floor(anchor / perCell);
      const centreX = ((cell % cells) + 0.5) * stride;
      const centreY = (Math.floor(cell / cells) + 0.5) * stride;
      candidates.push(readRow(boxes, anchor * ROW, centreX, centreY, 1 / (1 + Math.exp(-scores[anchor]))));
    }
  }
  // The position breaks ties, so that the same input always gives the same answer.
  candidates.sort((a, b) => b.score - a.score || a.box[0] - b.box[0] || a.box[1] - b.box[1]);
  return blendOverlapping(candidates);
}

function readRow(
  rows: Float32Array,
  at: number,
  centreX: number,
  centreY: number,
  score: number,
): RawDetection {
  const cx = centreX + rows[at];
  const cy = centreY + rows[at + 1];
  const halfWidth = rows[at + 2] / 2;
  const halfHeight = rows[at + 3] / 2;
  const points: number[] = [];
  for (let i = 4; i < ROW; i += 2) points.push(centreX + rows[at + i], centreY + rows[at + i + 1]);
  return { score, box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight], points };
}

function blendOverlapping(candidates: readonly RawDetection[]): RawDetection[] {
  const faces: RawDetection[] = [];
  let rest = candidates;
  while (rest.length > 0) {
    const best = rest[0];
    const same = rest.filter((other) => other === best || overlap(best.box, other.box) > SAME_FACE_IOU);
    rest = rest.filter((other) => !same.includes(other));
    faces.push(blend(best.score, same));
  }
  return faces;
}

function blend(score: number, group: readonly RawDetection[]): RawDetection {
  const box: [number, number, number, number] = [0, 0, 0, 0];
  const points = group[0].points.map(zero);
  let total = 0;
  for (const face of group) {
    total += face.score;
    addWeighted(box, face.box, face.score);
    addWeighted(points, face.points, face.score);
  }
  for (let i = 0; i < box.length; i++) box[i] /= total;
  for (let i = 0; i < points.length; i++) points[i] /= total;
  return { score, box, points };
}

function addWeighted(sums: number[], values: readonly number[], weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i] * weight;
}

function zero(): number {
  return 0;
}

/** Intersection over union of two boxes given as left, top, right, bottom. */
export function overlap(a: RawDetection['box'], b: RawDetection['box']): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  const areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]);
  return shared / (areas - shared);
}

/** The same face in pixels of a picture that is so many times as wide and as high. */
export function scaleDetection(face: RawDetection, x: number, y: number): RawDetection {
  const [left, top, right, bottom] = face.box;
  return {
    score: face.score,
    box: [left * x, top * y, right * x, bottom * y],
    points: face.points.map((value, i) => value * (i % 2 === 0 ? x : y)),
  };
}

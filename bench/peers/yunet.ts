import sharp from 'sharp';
import { loadRuntime } from '../../src/node/networks/runtime.ts';
import { bySize, INFERENCE, type Peer, type PeerFace } from './peer.ts';

const { InferenceSession, Tensor } = loadRuntime();

/** The grids' strides, in pixels, of YuNet's three outputs. */
const STRIDES = [8, 16, 32];

/** YuNet's own settings in OpenCV's sample: overlap above which two boxes are one face. */
const SAME_FACE_IOU = 0.3;

/** Low enough to see what a threshold would do. */
const MIN_SCORE = 0.1;

/**
 * A YuNet through onnxruntime, one thread, at its input's size.
 *
 * @param model the bytes of a file such as `face_detection_yunet_2023mar.onnx`
 */
export async function openYuNet(model: Uint8Array): Promise<Peer> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const [input] = session.inputNames;
  const shape = session.inputMetadata[0];
  const size = shape.isTensor && typeof shape.shape[2] === 'number' ? shape.shape[2] : 640;
  const peer: Peer = {
    name: `YuNet ${size} (onnxruntime)`,
    async detect(bytes) {
      const { data } = await sharp(bytes)
        .rotate()
        .resize(size, size, { fit: 'contain', position: 'left top', background: '#000' })
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const bgr = new Float32Array(3 * size * size);
      for (let at = 0; at < size * size; at++) {
        for (let c = 0; c < 3; c++) bgr[c * size * size + at] = data[at * 3 + 2 - c];
      }
      peer.onStage?.('input');
      const outputs = await session.run({ [input]: new Tensor('float32', bgr, [1, 3, size, size]) });
      peer.onStage?.(INFERENCE);
      const floats = (name: string) => outputs[name].data as Float32Array;
      const found: (PeerFace & { box: readonly number[] })[] = [];
      for (const stride of STRIDES) {
        const [classes, objects, boxes] = ['cls', 'obj', 'bbox'].map((name) => floats(`${name}_${stride}`));
        const columns = size / stride;
        for (let i = 0; i < classes.length; i++) {
          const score = Math.sqrt(clamp(classes[i]) * clamp(objects[i]));
          if (score < MIN_SCORE) continue;
          const cx = ((i % columns) + boxes[i * 4]) * stride;
          const cy = (Math.floor(i / columns) + boxes[i * 4 + 1]) * stride;
          const width = Math.exp(boxes[i * 4 + 2]) * stride;
          const height = Math.exp(boxes[i * 4 + 3]) * stride;
          const box = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2];
          found.push({ score, share: width / size, box });
        }
      }
      return bySize(suppress(found));
    },
    close: () => session.release(),
  };
  return peer;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function suppress<T extends PeerFace & { box: readonly number[] }>(found: T[]): T[] {
  const kept: T[] = [];
  for (const face of found.sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(face.box, other.box) <= SAME_FACE_IOU)) kept.push(face);
  }
  return kept;
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box: readonly number[]) => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / (area(a) + area(b) - width * height);
}

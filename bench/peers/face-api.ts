import { join } from 'node:path';
import { bySize, decodeFully, type Peer, peerFolder, requirePeer, wasmFolder } from './peer.ts';

/** The part of @vladmandic/face-api that is used here. */
interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    tensor3d(data: Uint8Array, shape: readonly number[], type: string): object;
    dispose(tensor: object): void;
  };
  readonly nets: Readonly<Record<string, { loadFromDisk(folder: string): Promise<void> }>>;
  readonly SsdMobilenetv1Options: new (options: object) => object;
  readonly TinyFaceDetectorOptions: new (options: object) => object;
  detectAllFaces(
    input: object,
    options: object,
  ): {
    withFaceLandmarks(tiny?: boolean): PromiseLike<
      readonly {
        readonly detection: { readonly score: number; readonly box: { readonly width: number } };
      }[]
    >;
  };
}

/** Low enough to see what a threshold would do; accuracy is given at the documented default too. */
const MIN_SCORE = 0.1;

/** @vladmandic/face-api on WebAssembly with 68 landmarks; its large detector (SSD) or its small one. */
export async function openFaceApi(detector: 'ssd' | 'tiny'): Promise<Peer> {
  const wasm = requirePeer<{ setWasmPaths(folder: string): void }>('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(wasmFolder());
  const api = requirePeer<FaceApi>('@vladmandic/face-api/dist/face-api.node-wasm.js');
  await api.tf.setBackend('wasm');
  await api.tf.ready();
  const models = join(peerFolder('@vladmandic/face-api'), 'model');
  const isTiny = detector === 'tiny';
  await api.nets[isTiny ? 'tinyFaceDetector' : 'ssdMobilenetv1'].loadFromDisk(models);
  await api.nets[isTiny ? 'faceLandmark68TinyNet' : 'faceLandmark68Net'].loadFromDisk(models);
  const options = isTiny
    ? new api.TinyFaceDetectorOptions({ scoreThreshold: MIN_SCORE })
    : new api.SsdMobilenetv1Options({ minConfidence: MIN_SCORE });
  return {
    name: isTiny ? 'face-api (wasm), Tiny' : 'face-api (wasm), SSD',
    async detect(bytes) {
      const { data, width, height } = await decodeFully(bytes);
      const tensor = api.tf.tensor3d(data, [height, width, 3], 'int32');
      const found = await api.detectAllFaces(tensor, options).withFaceLandmarks(isTiny);
      api.tf.dispose(tensor);
      return bySize(
        found.map(({ detection }) => ({
          score: detection.score,
          share: detection.box.width / Math.max(width, height),
        })),
      );
    },
    close: async () => undefined,
  };
}

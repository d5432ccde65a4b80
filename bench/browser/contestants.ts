/** Who looks at pictures in a page: for each a script that makes `look(blob)`, which tells how many faces it saw. */
import { fileURLToPath } from 'node:url';

const folder = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A contestant. */
export interface PageContestant {
  readonly name: string;
  readonly script: string;
  /** It makes functions of text, which the site's policy forbids (`unsafe-eval`). */
  readonly evaluates?: boolean;
}

/** The folders that the scripts load from, by the start of a path. */
export const FOLDERS: Readonly<Record<string, string>> = {
  '/judge/': folder('../../dist/browser/'),
  '/human/': folder('../../node_modules/@vladmandic/human/'),
  '/wasm/': folder('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/'),
  '/mediapipe/': folder('../node_modules/@mediapipe/face_mesh/'),
  '/examples/': folder('../../examples/'),
};

export const OURS = 'liveportrait-detect: the whole verdict';
export const HUMAN = '@vladmandic/human (wasm): detector and mesh';

export const CONTESTANTS: readonly PageContestant[] = [
  {
    name: OURS,
    script: `
import { createInspector } from '/judge/index.js';
const inspector = await createInspector();
globalThis.look = async (blob) => (await inspector.inspect(blob)).faces.length;
`,
  },
  {
    name: HUMAN,
    script: `
import Human from '/human/dist/human.esm.js';
const off = { enabled: false };
const human = new Human({
  backend: 'wasm', wasmPath: '/wasm/', wasmPlatformFetch: true, modelBasePath: '/human/models/',
  debug: false, async: false, cacheSensitivity: 0, filter: off,
  face: { enabled: true, detector: { rotation: true }, mesh: { enabled: true }, iris: off, description: off, emotion: off },
  body: off, hand: off, object: off, gesture: off,
});
await human.load();
globalThis.look = async (blob) => {
  const bitmap = await createImageBitmap(blob);
  const { face } = await human.detect(bitmap);
  bitmap.close();
  return face.length;
};
`,
  },
  {
    // Its successor, tasks-vision, fetches its model from Google's storage: no package has it, and a benchmark fetches nothing.
    name: 'MediaPipe Face Mesh (@mediapipe/face_mesh): detector and mesh',
    evaluates: true,
    script: `
await new Promise((loaded, failed) => {
  const script = Object.assign(document.createElement('script'), { src: '/mediapipe/face_mesh.js', onload: loaded, onerror: failed });
  document.head.append(script);
});
const mesh = new FaceMesh({ locateFile: (file) => '/mediapipe/' + file });
mesh.setOptions({ maxNumFaces: 10, refineLandmarks: false, minDetectionConfidence: 0.5 });
let faces = 0;
mesh.onResults(({ multiFaceLandmarks }) => { faces = multiFaceLandmarks?.length ?? 0; });
await mesh.initialize();
globalThis.look = async (blob) => {
  const address = URL.createObjectURL(blob);
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  await mesh.send({ image });
  URL.revokeObjectURL(address);
  return faces;
};
`,
  },
];

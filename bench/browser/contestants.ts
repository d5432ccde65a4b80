/** Who looks at pictures in a page: for each a script that makes `look(blob)`, which tells how many faces it saw. */
import { fileURLToPath } from 'node:url';

const folder = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A contestant. */
export interface PageContestant {
  readonly name: string;
  readonly script: string;
}

/** The folders that the scripts load from, by the start of a path. */
export const FOLDERS: Readonly<Record<string, string>> = {
  '/judge/': folder('../../dist/browser/'),
  '/human/': folder('../../node_modules/@vladmandic/human/'),
  '/wasm/': folder('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/'),
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
];

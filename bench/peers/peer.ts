import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** The best face that a peer saw in a picture. */
export interface PeerFace {
  /** The peer's own confidence, 0 to 1. */
  readonly score: number;
  /** Width of the box over the picture's long edge. */
  readonly share: number;
  /** Turn of the head in degrees to either side, where the peer tells. */
  readonly yaw?: number;
}

/** Something that people would otherwise use. */
export interface Peer {
  readonly name: string;
  /** Decodes a file and looks for faces in it; the largest first. */
  detect(bytes: Uint8Array): Promise<PeerFace[]>;
  /** Is told at the end of each stage of a detection, where the peer tells. */
  onStage?: ((stage: string) => void) | undefined;
  close(): Promise<void>;
}

/** The stage in which a peer that tells of its stages runs its network. */
export const INFERENCE = 'inference';

/** Packages that live in `bench/package.json`: `npm ci` in `bench/` installs them. */
const PACKAGES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const require = createRequire(import.meta.url);

/** A file of a package of the bench; by its path, because not all of them export what they ship. */
export function requirePeer<T>(file: string): T {
  return require(join(PACKAGES, file)) as T;
}

/** The folder of a package of the bench. */
export function peerFolder(name: string): string {
  return join(PACKAGES, name);
}

/** The folder in which tfjs-backend-wasm keeps its binaries, as its `setWasmPaths` wants it. */
export function wasmFolder(): string {
  return join(PACKAGES, '@tensorflow/tfjs-backend-wasm/dist/');
}

/** Upright RGB in full size, as the peers' documentation decodes pictures. */
export async function decodeFully(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes)
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Largest first. */
export function bySize(faces: readonly PeerFace[]): PeerFace[] {
  return [...faces].sort((a, b) => b.share - a.share);
}

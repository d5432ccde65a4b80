import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { DetectError } from '../src/errors.ts';
import type { Stage } from '../src/index.ts';
import type { Peer } from './peers/peer.ts';

/** Something that is timed from a file's bytes to an answer, in a process of its own. */
export interface Contestant {
  run(bytes: Uint8Array): Promise<void>;
  /** Is told at the end of each stage of a run, where the contestant tells. */
  onStage?: ((stage: string) => void) | undefined;
  close(): Promise<void>;
}

/** A contestant before its process is there. */
export interface Entry {
  readonly name: string;
  /** It takes part in one round of so many: slow ones would make the others wait. */
  readonly every: number;
  readonly readsBmp: boolean;
  /** Loads its packages and models. */
  open(): Promise<Contestant>;
}

/** Our stages, in order. */
export const STAGES: readonly Stage[] = ['header', 'decode', 'detect', 'mesh', 'checks'];

/** How the two that are always there are called. */
export const OURS = 'inspect';
export const DECODE = 'sharp, full decode alone';

/** How the peers are called. */
export const HUMAN = 'human (wasm), mesh';
export const TINY = 'face-api (wasm), Tiny';
export const SSD = 'face-api (wasm), SSD';
export const YUNET = 'YuNet (onnxruntime)';

/** Edge of the input of a YuNet that is made here, in pixels. */
const YUNET_INPUT = 320;

/** Slow peers take part in one round of three. */
const SELDOM = 3;

/**
 * All that could take part.
 *
 * @param yunet the file of a YuNet; its graph with made-up weights takes part where none is given
 */
export function allEntries(yunet: string | undefined): Entry[] {
  return [
    { name: OURS, every: 1, readsBmp: true, open: openOurs },
    { name: DECODE, every: 1, readsBmp: false, open: openDecode },
    peer(HUMAN, SELDOM, async () => (await import('./peers/human.ts')).openHuman()),
    peer(TINY, SELDOM, async () => (await import('./peers/face-api.ts')).openFaceApi('tiny')),
    peer(SSD, SELDOM, async () => (await import('./peers/face-api.ts')).openFaceApi('ssd')),
    peer(YUNET, 1, async () => {
      const { openYuNet } = await import('./peers/yunet.ts');
      const { makeYuNet } = await import('./peers/yunet-graph.ts');
      return openYuNet(yunet === undefined ? makeYuNet(YUNET_INPUT).model : await readFile(yunet));
    }),
  ];
}

/** The names of those whose packages are installed. */
export function presentNames(yunet: string | undefined): string[] {
  const hasPeers = existsSync(new URL('node_modules', import.meta.url));
  if (!hasPeers)
    process.stderr.write('The peers are not installed and left out: (cd bench && npm ci) installs them.\n');
  const own = [OURS, DECODE, YUNET];
  return allEntries(yunet)
    .map(({ name }) => name)
    .filter((name) => hasPeers || own.includes(name));
}

/** Our own inspection. */
async function openOurs(): Promise<Contestant> {
  const { createInspector } = await import('../src/index.ts');
  const inspector = await createInspector();
  const contestant: Contestant = {
    async run(bytes) {
      const { onStage } = contestant;
      try {
        await inspector.inspect(bytes, onStage ? { onStage } : {});
      } catch (error) {
        // A picture that is refused by its header is a verdict, too.
        if (!(error instanceof DetectError) || !error.code.startsWith('image.')) throw error;
      }
    },
    close: () => inspector.close(),
  };
  return contestant;
}

/** A decode in full and nothing else: what reading the picture costs. */
async function openDecode(): Promise<Contestant> {
  return {
    async run(bytes) {
      await sharp(bytes).raw().toBuffer();
    },
    close: async () => undefined,
  };
}

function peer(name: string, every: number, open: () => Promise<Peer>): Entry {
  return {
    name,
    every,
    readsBmp: false,
    async open() {
      const opened = await open();
      const contestant: Contestant = {
        async run(bytes) {
          opened.onStage = contestant.onStage;
          await opened.detect(bytes);
        },
        close: () => opened.close(),
      };
      return contestant;
    },
  };
}

import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { createInspector, type Stage } from '../src/index.ts';
import { openFaceApi } from './peers/face-api.ts';
import { openHuman } from './peers/human.ts';
import { openYuNet } from './peers/yunet.ts';

/** Something that is timed from a file's bytes to an answer. */
export interface Contestant {
  readonly name: string;
  /** It takes part in one round of so many: slow ones would make the others wait. */
  readonly every: number;
  run(bytes: Uint8Array): Promise<void>;
  /** Milliseconds of the stages of the last run, where it tells. */
  stages?(): ReadonlyMap<Stage, number>;
  close(): Promise<void>;
}

/** Our own inspection. */
export async function openOurs(): Promise<Contestant> {
  const inspector = await createInspector();
  let stages = new Map<Stage, number>();
  return {
    name: 'inspect',
    every: 1,
    async run(bytes) {
      stages = new Map();
      let last = performance.now();
      await inspector.inspect(bytes, {
        onStage(stage) {
          const now = performance.now();
          stages.set(stage, now - last);
          last = now;
        },
      });
    },
    stages: () => stages,
    close: () => inspector.close(),
  };
}

/** A decode in full and nothing else: what reading the picture costs. */
export function openDecode(): Contestant {
  sharp.concurrency(1);
  return {
    name: 'sharp, full decode alone',
    every: 1,
    async run(bytes) {
      await sharp(bytes).raw().toBuffer();
    },
    close: async () => undefined,
  };
}

/** Whatever is installed of what people would otherwise use. */
export async function openPeers(yunet: string | undefined): Promise<Contestant[]> {
  if (!existsSync(new URL('node_modules', import.meta.url))) {
    process.stderr.write('The peers are not installed and left out: (cd bench && npm ci) installs them.\n');
    return [];
  }
  const peers = [await openHuman(), await openFaceApi('tiny'), await openFaceApi('ssd')];
  if (yunet !== undefined) peers.push(await openYuNet(yunet));
  return peers.map((peer) => ({
    name: peer.name,
    every: peer.name.includes('YuNet') ? 1 : 5,
    run: async (bytes) => {
      await peer.detect(bytes);
    },
    close: () => peer.close(),
  }));
}

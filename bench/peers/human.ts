import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { bySize, decodeFully, type Peer, peerFolder, requirePeer, wasmFolder } from './peer.ts';

/** The part of @vladmandic/human that is used here. */
interface HumanModule {
  readonly Human: new (
    config: object,
  ) => {
    readonly tf: {
      tensor3d(data: Uint8Array, shape: readonly number[], type: string): object;
      dispose(tensor: object): void;
    };
    load(): Promise<void>;
    detect(input: object): Promise<{
      readonly face: readonly {
        readonly boxScore: number;
        readonly box: readonly [number, number, number, number];
        readonly rotation: { readonly angle: { readonly yaw: number } } | null;
      }[];
    }>;
  };
}

/** @vladmandic/human on WebAssembly: its detector and face mesh, all else switched off. */
export async function openHuman(): Promise<Peer> {
  const { Human } = requirePeer<HumanModule>('@vladmandic/human/dist/human.node-wasm.js');
  const models = await serveModels();
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmFolder(),
    modelBasePath: models.url,
    debug: false,
    async: false,
    cacheSensitivity: 0,
    filter: { enabled: false },
    face: {
      enabled: true,
      detector: { rotation: true },
      mesh: { enabled: true },
      iris: { enabled: false },
      description: { enabled: false },
      emotion: { enabled: false },
    },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    gesture: { enabled: false },
  });
  await human.load();
  models.close();
  return {
    name: 'human (wasm), mesh',
    async detect(bytes) {
      const { data, width, height } = await decodeFully(bytes);
      const tensor = human.tf.tensor3d(data, [height, width, 3], 'int32');
      const { face } = await human.detect(tensor);
      human.tf.dispose(tensor);
      const degrees = 180 / Math.PI;
      return bySize(
        face.map(({ boxScore, box, rotation }) => ({
          score: boxScore,
          share: box[2] / Math.max(width, height),
          ...(rotation && { yaw: Math.abs(rotation.angle.yaw) * degrees }),
        })),
      );
    },
    close: async () => undefined,
  };
}

/** Its WebAssembly build fetches its models over HTTP only, so a server on loopback hands them out while it loads. */
async function serveModels() {
  const folder = join(peerFolder('@vladmandic/human'), 'models');
  const server = createServer(async (request, response) => {
    const file = join(folder, basename(request.url ?? ''));
    response.end(await readFile(file).catch(() => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

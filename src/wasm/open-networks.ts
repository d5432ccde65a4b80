import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { ready, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { BODY_INPUT } from '../core/body/points.ts';
import { DETECTOR_INPUT, GLANCE_INPUT, MESH_INPUT, type Networks } from '../core/face/networks.ts';
import { BODY_NODES, DETECTOR_NODES, MESH_NODES } from '../core/models/shipped-graphs.ts';
import shippedSurface from '../core/models/surface.json' with { type: 'json' };
import { SURFACE_INPUT } from '../core/models/surface-network.ts';
import { type GraphFiles, openGraph, runGraph } from './graph.ts';
import { toPlanes } from './layout.ts';
import { openSurface } from './surface.ts';
import { TensorNetwork } from './tensor-network.ts';

/** The files of the graphs that `@vladmandic/human` ships. */
export interface ShippedGraphs {
  readonly blazeface: GraphFiles;
  readonly facemesh: GraphFiles;
  /** MoveNet's, which few policies ask for: read when one does. */
  readonly readMovenet: () => Promise<GraphFiles>;
}

/**
 * The networks in TensorFlow.js's WebAssembly, on one thread. Where its binaries lie has been said before, by `setWasmPaths`.
 *
 * @throws Error where WebAssembly or one of the files cannot be used
 */
export async function openNetworks(graphs: ShippedGraphs): Promise<Networks> {
  setThreadsCount(1);
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly of TensorFlow.js does not start');
  await ready();
  const [detector, mesh] = await Promise.all([openGraph(graphs.blazeface), openGraph(graphs.facemesh)]);
  const surface = openSurface(shippedSurface);
  const look = runGraph(detector, DETECTOR_NODES);
  let body: ReturnType<typeof openBody> | undefined;
  return {
    glance: new TensorNetwork(GLANCE_INPUT, look),
    detector: new TensorNetwork(DETECTOR_INPUT, look),
    mesh: new TensorNetwork(MESH_INPUT, runGraph(mesh, MESH_NODES), (name, output) =>
      name === 'features' ? readPlanes(output) : (output.dataSync() as Float32Array),
    ),
    surface: new TensorNetwork(SURFACE_INPUT, surface.run, (_, output) => readPlanes(output)),
    body() {
      body ??= openBody(graphs).catch((error: unknown) => {
        // A file that did not come may come the next time.
        body = undefined;
        throw error;
      });
      return body.then(({ network }) => network);
    },
    async close() {
      const opened = await body?.catch(() => undefined);
      opened?.model.dispose();
      detector.dispose();
      mesh.dispose();
      surface.close();
    },
  };
}

async function openBody({
  readMovenet,
}: ShippedGraphs): Promise<{ model: GraphModel; network: TensorNetwork }> {
  const model = await openGraph(await readMovenet());
  const { input, ...answers } = BODY_NODES;
  const run = runGraph(model, answers, input);
  return { model, network: new TensorNetwork(BODY_INPUT, run, (_, output) => readPlanes(output)) };
}

/** Of an output of 1 x height x width x channels, a plane for each channel. */
function readPlanes(output: Tensor): Float32Array {
  const [, height, width, channels] = output.shape;
  return toPlanes(output.dataSync() as Float32Array, height * width, channels);
}

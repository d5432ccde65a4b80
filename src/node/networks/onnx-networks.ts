import { BODY_INPUT } from '../../core/body/points.ts';
import { DETECTOR_INPUT, GLANCE_INPUT, MESH_INPUT, type Networks } from '../../core/face/networks.ts';
import { SURFACE_INPUT } from '../../core/models/surface-network.ts';
import { type OnnxName, readOnnxModel } from './laid-files.ts';
import { OnnxNetwork } from './onnx-network.ts';
import { loadRuntime, type SessionOptions } from './runtime.ts';

/**
 * Loads the models into onnxruntime. One thread each: a second thread within one picture costs more than it gives, and the
 * service already runs one picture per core.
 *
 * @throws DetectError `inspector.unavailable`
 */
export async function openOnnxNetworks(): Promise<Networks> {
  const { InferenceSession } = loadRuntime();
  const options: SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // With one block planned for all of a network's activations, a process holds 4 MB more and gains no time.
    enableMemPattern: false,
    logSeverityLevel: 3,
  };
  const open = async (name: OnnxName, size: number) => {
    const session = await InferenceSession.create(await readOnnxModel(name), options);
    return { network: new OnnxNetwork(session, size), session };
  };
  let body: ReturnType<typeof open> | undefined;
  const [glance, detector, mesh, surface] = await Promise.all([
    open('glance', GLANCE_INPUT),
    open('detector', DETECTOR_INPUT),
    open('mesh', MESH_INPUT),
    open('surface', SURFACE_INPUT),
  ]);
  return {
    glance: glance.network,
    detector: detector.network,
    mesh: mesh.network,
    surface: surface.network,
    async body() {
      body ??= open('body', BODY_INPUT).catch((error: unknown) => {
        // A file that could not be read may be read the next time.
        body = undefined;
        throw error;
      });
      return (await body).network;
    },
    async close() {
      const openedBody = await body?.catch(() => undefined);
      const opened = [glance, detector, mesh, surface, ...(openedBody ? [openedBody] : [])];
      await Promise.all(opened.map(({ session }) => session.release()));
    },
  };
}

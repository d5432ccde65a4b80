/** The judge, in a worker of its own, so that the page never waits for it. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createInspectorOn, type Engine, type Inspector } from '../core/inspect.ts';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import { openNetworks } from '../wasm/open-networks.ts';
import { openFile } from './decode.ts';
import { openFrame } from './frame.ts';
import type { Failure, PageFormat, Reply, Request } from './protocol.ts';

/** What a worker's global scope has and a page's has not; one compiler run sees both. */
interface WorkerScope {
  postMessage(reply: Reply): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

/** A file's bytes, or pixels in memory. */
type Input = Uint8Array | ImageBitmap | VideoFrame;

const scope = self as unknown as WorkerScope;
const aborted = new Map<number, AbortController>();
let starting: Promise<Inspector<Input, PageFormat>> | undefined;

scope.onmessage = ({ data: request }) => {
  switch (request.kind) {
    case 'start':
      void start(request);
      break;
    case 'inspect':
      void inspect(request);
      break;
    case 'abort':
      aborted.get(request.id)?.abort();
      break;
  }
};

async function start({ policy, language, assets }: Request & { kind: 'start' }): Promise<void> {
  starting = createInspectorOn(() => openEngine(assets), { policy: policy ?? {}, language });
  try {
    await starting;
    scope.postMessage({ kind: 'ready' });
  } catch (error) {
    scope.postMessage({ kind: 'unready', failure: describe(error) });
  }
}

async function openEngine(assets: string): Promise<Engine<Input, PageFormat>> {
  const at = addresses(assets);
  try {
    setWasmPaths({
      'tfjs-backend-wasm-simd.wasm': at.simdWasm,
      // All three have to be named. Where there is no SIMD, the loops over pixels do not run either, and nothing comes this far; threads
      // would need the page to be isolated from others, and are never asked for.
      'tfjs-backend-wasm.wasm': at.simdWasm,
      'tfjs-backend-wasm-threaded-simd.wasm': at.simdWasm,
    });
    const [blazeface, facemesh] = await Promise.all([
      fetchGraph(at.detectorJson, at.detectorBin),
      fetchGraph(at.meshJson, at.meshBin),
    ]);
    const readMovenet = () => fetchGraph(at.bodyJson, at.bodyBin);
    const networks = await openNetworks({ blazeface, facemesh, readMovenet });
    return { networks, open: (input) => (input instanceof Uint8Array ? openFile(input) : openFrame(input)) };
  } catch (cause) {
    throw new DetectError(
      'inspector.unavailable',
      fill(SERVICE_DETAILS.judgeFiles, { why: String(cause instanceof Error ? cause.message : cause) }),
      { cause },
    );
  }
}

/** Where the files are. The addresses stand here as they do so that bundlers find them and bring the files along. */
function addresses(assets: string) {
  if (assets !== '') {
    return {
      simdWasm: new URL('tfjs-backend-wasm-simd.wasm', assets).href,
      detectorJson: new URL('blazeface.json', assets).href,
      detectorBin: new URL('blazeface.bin', assets).href,
      meshJson: new URL('facemesh.json', assets).href,
      meshBin: new URL('facemesh.bin', assets).href,
      bodyJson: new URL('movenet-lightning.json', assets).href,
      bodyBin: new URL('movenet-lightning.bin', assets).href,
    };
  }
  return {
    simdWasm: new URL('./tfjs-backend-wasm-simd.wasm', import.meta.url).href,
    detectorJson: new URL('./blazeface.json', import.meta.url).href,
    detectorBin: new URL('./blazeface.bin', import.meta.url).href,
    meshJson: new URL('./facemesh.json', import.meta.url).href,
    meshBin: new URL('./facemesh.bin', import.meta.url).href,
    bodyJson: new URL('./movenet-lightning.json', import.meta.url).href,
    bodyBin: new URL('./movenet-lightning.bin', import.meta.url).href,
  };
}

async function fetchGraph(json: string, bin: string) {
  const [graph, weights] = await Promise.all([
    fetchFile(json).then((file) => file.json()),
    fetchFile(bin).then((file) => file.arrayBuffer()),
  ]);
  return { json: graph, bin: weights };
}

async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

async function inspect({ id, picture, policy }: Request & { kind: 'inspect' }): Promise<void> {
  const controller = new AbortController();
  aborted.set(id, controller);
  try {
    const inspector = await starting!;
    const input = picture instanceof Blob ? await read(picture) : picture;
    const inspection = await inspector.inspect(input, {
      policy: policy ?? {},
      signal: controller.signal,
      onStage: (stage) => scope.postMessage({ kind: 'stage', id, stage }),
    });
    scope.postMessage({ kind: 'done', id, inspection });
  } catch (error) {
    scope.postMessage({ kind: 'failed', id, failure: describe(error) });
  } finally {
    aborted.delete(id);
    if (!(picture instanceof Blob)) picture.close();
  }
}

/** @throws DetectError `file.unreadable` where the file is no more what it was when it was chosen */
async function read(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new DetectError('file.unreadable', SERVICE_DETAILS.fileGone, { cause });
  }
}

function describe(error: unknown): Failure {
  if (error instanceof DetectError) return { code: error.code, message: error.message };
  return { code: 'inspect.failed', message: new DetectError('inspect.failed').message };
}

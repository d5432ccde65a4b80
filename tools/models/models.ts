import { BODY_GRID, BODY_INPUT } from '../../src/core/body/points.ts';
import { DETECTOR_INPUT, GLANCE_INPUT, MESH_INPUT } from '../../src/core/face/networks.ts';
import { BODY_POINTS } from '../../src/core/inspection.ts';
import { BODY_NODES, MESH_NODES, MESH_POINTS } from '../../src/core/models/shipped-graphs.ts';
import shippedSurface from '../../src/core/models/surface.json' with { type: 'json' };
import type { GraphName, OnnxName } from '../../src/node/networks/laid-files.ts';
import { shippedFiles } from './shipped-files.ts';
import { surfaceModel } from './surface-model.ts';
import { readTfjsGraph, type TfjsGraph } from './tfjs-graph.ts';
import { translate } from './translate.ts';

/** FaceMesh's shared activations: 128 channels on a grid of 6 x 6. */
const FEATURE_DIMS = [1, 128, 6, 6] as const;

/** The detector's last operations, which give its answers the shape that is wanted here. */
const DETECTOR_ROWS = {
  scores16: 'Identity',
  scores32: 'Identity_1',
  boxes16: 'Identity_2',
  boxes32: 'Identity_3',
} as const;

/** Reads one of the graphs that @vladmandic/human ships. */
export function readShippedGraph(name: GraphName): Promise<TfjsGraph> {
  const { json, bin } = shippedFiles(name);
  return readTfjsGraph(json, bin);
}

/**
 * The detector as an ONNX model: scores (logits) and boxes with key points for the anchors of the fine grid
 * (stride 16, two a cell) and the coarse grid (stride 32, six a cell).
 *
 * @param inputSize edge of the square input, a multiple of 32
 */
export function translateDetector(graph: TfjsGraph, inputSize: number): Uint8Array {
  const fine = 2 * (inputSize / 16) ** 2;
  const coarse = 6 * (inputSize / 32) ** 2;
  return translate(graph, {
    name: 'blazeface',
    inputSize,
    outputs: [
      { node: DETECTOR_ROWS.scores16, name: 'scores16', dims: [1, fine, 1] },
      { node: DETECTOR_ROWS.scores32, name: 'scores32', dims: [1, coarse, 1] },
      { node: DETECTOR_ROWS.boxes16, name: 'boxes16', dims: [1, fine, 16] },
      { node: DETECTOR_ROWS.boxes32, name: 'boxes32', dims: [1, coarse, 16] },
    ],
  });
}

/** FaceMesh as an ONNX model: the points, the face flag, and the activations for the heads. */
export function translateMesh(graph: TfjsGraph): Uint8Array {
  return translate(graph, {
    name: 'facemesh',
    inputSize: MESH_INPUT,
    outputs: [
      { node: MESH_NODES.mesh, name: 'mesh', dims: [1, MESH_POINTS * 3] },
      { node: MESH_NODES.flag, name: 'flag', dims: [1, 1] },
      { node: MESH_NODES.features, name: 'features', dims: FEATURE_DIMS },
    ],
  });
}

/** MoveNet as an ONNX model: a heat map for each point, the middle of the body, and where its points are from there. */
function translateBody(graph: TfjsGraph): Uint8Array {
  const grid = [BODY_GRID, BODY_GRID];
  return translate(graph, {
    name: 'movenet-lightning',
    inputSize: BODY_INPUT,
    // What comes before scales bytes to -1 to 1, as our inputs are already.
    input: BODY_NODES.input,
    outputs: [
      { node: BODY_NODES.heat, name: 'heat', dims: [1, BODY_POINTS.length, ...grid] },
      { node: BODY_NODES.center, name: 'center', dims: [1, 1, ...grid] },
      { node: BODY_NODES.regress, name: 'regress', dims: [1, 2 * BODY_POINTS.length, ...grid] },
      { node: BODY_NODES.offset, name: 'offset', dims: [1, 2 * BODY_POINTS.length, ...grid] },
    ],
  });
}

/** The networks that the product runs, as ONNX models. */
export async function makeModels(): Promise<Readonly<Record<OnnxName, Uint8Array>>> {
  const [blazeface, facemesh, movenet] = await Promise.all([
    readShippedGraph('blazeface'),
    readShippedGraph('facemesh'),
    readShippedGraph('movenet-lightning'),
  ]);
  return {
    glance: translateDetector(blazeface, GLANCE_INPUT),
    detector: translateDetector(blazeface, DETECTOR_INPUT),
    mesh: translateMesh(facemesh),
    surface: surfaceModel(shippedSurface),
    body: translateBody(movenet),
  };
}

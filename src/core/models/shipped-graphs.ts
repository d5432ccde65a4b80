/** The two graphs that `@vladmandic/human` ships, and which of their operations are read. */

/** Points of FaceMesh. */
export const MESH_POINTS = 468;

/**
 * BlazeFace: for the anchors of the fine grid (stride 16, two a cell) and of the coarse one (stride 32, six a cell), scores as
 * logits and boxes with key points. These are the convolutions themselves, whose size goes with the input's; the graph then
 * only gives them the shape that an input of 256 pixels has.
 */
export const DETECTOR_NODES = {
  scores16: 'StatefulPartitionedCall/functional_1/conv2d_33/BiasAdd',
  scores32: 'StatefulPartitionedCall/functional_1/conv2d_34/BiasAdd',
  boxes16: 'StatefulPartitionedCall/functional_1/conv2d_35/BiasAdd',
  boxes32: 'StatefulPartitionedCall/functional_1/conv2d_36/BiasAdd',
} as const;

/** FaceMesh: its points, its belief that it sees a face, and the last activations that all of its branches share. */
export const MESH_NODES = {
  mesh: 'Identity_2',
  flag: 'Identity_1',
  features: 'StatefulPartitionedCall/model_1/p_re_lu_15/Relu',
} as const;

/** The graphs that `@vladmandic/human` ships, and which of their operations are read. */

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

/** MoveNet: what it is given once bytes are scaled to -1 to 1, and its four answers on a grid of 48 x 48. */
export const BODY_NODES = {
  input: 'StatefulPartitionedCall/sub_1',
  heat: 'StatefulPartitionedCall/Sigmoid',
  center: 'StatefulPartitionedCall/truediv_2',
  regress: 'StatefulPartitionedCall/kpt_regress_0/conv2d_6/BiasAdd',
  offset: 'StatefulPartitionedCall/kpt_offset_0/conv2d_7/BiasAdd',
} as const;

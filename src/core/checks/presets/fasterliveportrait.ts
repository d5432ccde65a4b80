import type { Preset } from '../preset.ts';

/** LivePortrait in ONNX and TensorRT: the same crop and networks. */
export const fasterliveportrait: Preset = {
  name: 'fasterliveportrait',
  title: 'FasterLivePortrait',
  limits: {},
  enforce: {},
  crop: null,
  unjudged: ['It animates every face that it finds, and in real time the largest only.'],
};

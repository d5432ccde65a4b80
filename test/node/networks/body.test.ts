/** MoveNet, held against TensorFlow.js's own run of the whole graph: the network and what is read out of its answers. */
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { BodyFinder } from '../../../src/core/body/find-body.ts';
import { BODY_INPUT } from '../../../src/core/body/points.ts';
import { BODY_POINTS } from '../../../src/core/inspection.ts';
import { createInspector } from '../../../src/node/inspector.ts';
import { openOnnxNetworks } from '../../../src/node/networks/onnx-networks.ts';
import { loadOriginal } from '../../tools/models/original.ts';

const example = (name: string) => new URL(`../../../examples/${name}.jpg`, import.meta.url).pathname;

describe('the body', () => {
  test('has its points where TensorFlow.js finds them', async () => {
    const original = await loadOriginal('movenet-lightning');
    const networks = await openOnnxNetworks();
    afterAll(() => networks.close());
    const finder = new BodyFinder(await networks.body());
    for (const name of ['small', 'group']) {
      const data = await sharp(await readFile(example(name)))
        .resize(BODY_INPUT, BODY_INPUT, { fit: 'fill' })
        .removeAlpha()
        .raw()
        .toBuffer();
      const input = tf.tensor4d(Int32Array.from(data), [1, BODY_INPUT, BODY_INPUT, 3], 'int32');
      const theirs = (original.execute({ [original.inputs[0]!.name]: input }) as tf.Tensor).dataSync();
      const size = { width: BODY_INPUT, height: BODY_INPUT, scaleX: 2, scaleY: 2 };
      const ours = await finder.find({ data, ...size });
      for (const [at, point] of BODY_POINTS.entries()) {
        const [y, x, score] = theirs.subarray(3 * at, 3 * at + 3) as Float32Array;
        expect(ours[point].score, `${name} ${point}`).toBeCloseTo(score!, 2);
        // Where nothing is to be seen, two cells may be as cold.
        if (score! < 0.1) continue;
        expect(Math.abs(ours[point].x - x! * 2 * BODY_INPUT), `${name} ${point}`).toBeLessThan(1);
        expect(Math.abs(ours[point].y - y! * 2 * BODY_INPUT), `${name} ${point}`).toBeLessThan(1);
      }
    }
  }, 180_000);

  test('is looked for where it is asked for, and nowhere else', async () => {
    await using inspector = await createInspector();
    const bytes = () => readFile(example('pass')).then((file) => new Uint8Array(file));
    expect(await inspector.inspect(await bytes())).not.toHaveProperty('body');
    const asked = await inspector.inspect(await bytes(), { policy: { minHips: 0.3 } });
    expect(Object.keys(asked.body ?? {})).toEqual(BODY_POINTS);
    expect(asked.checks.find(({ id }) => id === 'hips')?.value).toBe(
      Math.min(asked.body!.leftHip.score, asked.body!.rightHip.score),
    );
  }, 30_000);
});

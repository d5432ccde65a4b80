import { expect, test, vi } from 'vitest';
import { BODY_INPUT } from '../../../src/core/body/points.ts';
import { readOnnxModel } from '../../../src/node/networks/laid-files.ts';
import { openOnnxNetworks } from '../../../src/node/networks/onnx-networks.ts';

vi.mock(import('../../../src/node/networks/laid-files.ts'), async (original) => {
  const files = await original();
  return { ...files, readOnnxModel: vi.fn(files.readOnnxModel) };
});

const outOfFiles = Object.assign(new Error('too many open files'), { code: 'EMFILE' });

test('a body network that could not be read is read again when it is asked for again', async () => {
  const networks = await openOnnxNetworks();
  vi.mocked(readOnnxModel).mockRejectedValueOnce(outOfFiles);
  await expect(networks.body()).rejects.toBe(outOfFiles);
  expect((await networks.body()).size).toBe(BODY_INPUT);
  await networks.close();
});

test('all others are freed where the body network could not be read', async () => {
  const networks = await openOnnxNetworks();
  vi.mocked(readOnnxModel).mockRejectedValueOnce(outOfFiles);
  const asked = networks.body();
  await Promise.all([expect(asked).rejects.toBe(outOfFiles), networks.close()]);
  await expect(networks.glance.run()).rejects.toThrow();
});

/**
 * Lays the networks into dist/models, ready for onnxruntime: translated, and simplified by onnxruntime itself as far as no
 * processor matters. To do both at every start took a third of it. What one kind of processor wants is still done at the start.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRuntime } from '../../src/node/networks/runtime.ts';
import { makeModels } from './models.ts';

const TARGET = fileURLToPath(new URL('../../dist/models/', import.meta.url));

const { InferenceSession } = loadRuntime();
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
for (const [name, model] of Object.entries(await makeModels())) {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'extended',
    optimizedModelFilePath: join(TARGET, `${name}.onnx`),
    logSeverityLevel: 3,
  });
  await session.release();
}
writeFileSync(
  join(TARGET, 'README.md'),
  'The networks of MediaPipe and TensorFlow (Apache-2.0, see NOTICE) and our own, as `tools/models/lay.ts` makes them.\n',
);

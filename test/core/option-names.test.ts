import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInspector, type Inspector } from '../../src/index.ts';

describe('an option that does not exist is refused, and not passed over', () => {
  let inspector: Inspector;
  beforeAll(async () => {
    inspector = await createInspector();
  });
  afterAll(() => inspector.close());

  test.each<[unknown, string]>([
    [{ polcy: {} }, 'There is no option "polcy"; there are: policy, language, engine.'],
    [{ minFaceWidth: 128 }, 'A limit is given in "policy".'],
    [null, 'Options are an object'],
    ['zh-CN', 'Options are an object'],
  ])('%j, of an inspector', async (options, message) => {
    await expect(createInspector(options as object)).rejects.toMatchObject({
      code: 'option.invalid',
      message: expect.stringContaining(message),
    });
  });

  test.each<[unknown, string]>([
    [{ maxYaw: 30 }, 'There is no option "maxYaw"; there are: policy, limits, signal, onStage.'],
    [null, 'Options are an object'],
  ])('%j, of an inspection', async (options, message) => {
    await expect(inspector.inspect(new Uint8Array(9), options as object)).rejects.toMatchObject({
      code: 'option.invalid',
      message: expect.stringContaining(message),
    });
  });
});

/** How one inspector shares itself among pictures that are given to it at once. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inspector, Stage } from '../src/core/inspect.ts';
import { createInspector } from '../src/node/inspector.ts';

const example = (name: string) => readFile(new URL(`../examples/${name}.jpg`, import.meta.url));

const names = ['pass', 'none', 'small', 'group', 'pass'];
let pictures: Uint8Array[];
let broken: Uint8Array;
let inspector: Inspector;
beforeAll(async () => {
  pictures = await Promise.all(names.map(example));
  broken = pictures[0].subarray(0, 2000);
  inspector = await createInspector();
});
afterAll(() => inspector.close());

/** Inspects all at once, and tells when which stage of which picture ended, as `0 decode`. */
async function inspectAll(given: readonly Uint8Array[]) {
  const ends: string[] = [];
  const settled = await Promise.allSettled(
    given.map((bytes, i) =>
      inspector.inspect(bytes, { onStage: (stage: Stage) => ends.push(`${i} ${stage}`) }),
    ),
  );
  return { settled, ends };
}

describe('pictures that are inspected at once', () => {
  it('get the inspections that each gets alone', async () => {
    const alone = [];
    for (const bytes of pictures) alone.push(await inspector.inspect(bytes));
    const { settled } = await inspectAll(pictures);
    expect(settled).toEqual(alone.map((value) => ({ status: 'fulfilled', value })));
  });

  it('are looked at one after another, the next being decoded meanwhile, and no third', async () => {
    const { ends } = await inspectAll(pictures);
    for (let i = 1; i < pictures.length; i++) {
      expect(ends.indexOf(`${i} header`)).toBeLessThan(ends.indexOf(`${i - 1} detect`));
      expect(ends.indexOf(`${i} decode`)).toBeGreaterThan(ends.indexOf(`${i - 1} checks`));
      if (i > 1) expect(ends.indexOf(`${i} header`)).toBeGreaterThan(ends.indexOf(`${i - 2} checks`));
    }
  });

  it('do not mind broken ones between them', async () => {
    const given = [broken, pictures[0], broken, broken, pictures[1], broken, pictures[2]];
    const { settled, ends } = await inspectAll(given);
    expect(settled.map((one) => (one.status === 'rejected' ? one.reason.code : one.value.reason))).toEqual([
      'image.corrupt',
      null,
      'image.corrupt',
      'image.corrupt',
      'face.none',
      'image.corrupt',
      'face.small',
    ]);
    const looks = ends.filter((end) => /decode|checks/.test(end));
    expect(looks).toEqual([1, 4, 6].flatMap((i) => [`${i} decode`, `${i} checks`]));
  });

  it('are all done before the models are freed', async () => {
    const own = await createInspector();
    const ended: number[] = [];
    const given = [pictures[0], broken, pictures[1], broken].map((bytes, i) =>
      own.inspect(bytes).then(
        () => ended.push(i),
        () => ended.push(i),
      ),
    );
    await own.close();
    expect(ended.sort()).toEqual([0, 1, 2, 3]);
    await Promise.all(given);
  });
});

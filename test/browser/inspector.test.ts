/** The judge in real browsers, as a page has it, beside the one in Node. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inspector } from '../../src/core/inspect.ts';
import type { Inspection } from '../../src/core/inspection.ts';
import { createInspector } from '../../src/node/inspector.ts';
import { buildBmp } from '../core/image/bmp-writer.ts';
import { BROWSERS, openBrowser, type Site, serveSite, whySkipped } from './browsers.ts';

const JUDGE = fileURLToPath(new URL('../../dist/browser/', import.meta.url));
const EXAMPLES = new URL('../../examples/', import.meta.url);
const PAGE = '<!doctype html><title>Judge</title><script type="module" src="/main.js"></script>';
const SCRIPT = `
import * as library from '/judge/index.js';
globalThis.library = library;
globalThis.inspector = await library.createInspector();
globalThis.decode = (base64) => new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
globalThis.codeOf = (promise) => promise.then(() => 'none', (error) => error.code + ': ' + error.message);
globalThis.isReady = true;
`;

/** Boxes of the same file, decoded by other code, may be apart by so much of their width. */
const NEAR = 0.02;
/** The same of points of the mesh, depth among them. */
const MESH_NEAR = 0.06;

/** Swaps red and blue. */
const RED_AND_BLUE: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0, 0, 1],
  [0, 1, 0],
  [1, 0, 0],
];

const example = (name: string) => readFileSync(new URL(`${name}.jpg`, EXAMPLES));

describe.each(BROWSERS)('in $name', (which) => {
  const skipped = whySkipped(which);
  let site: Site;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let native: Inspector;

  beforeAll(async () => {
    if (skipped) return;
    native = await createInspector();
    site = await serveSite({ '/judge/': JUDGE }, { '/': PAGE, '/main.js': SCRIPT });
    browser = await openBrowser(which);
    page = await browser.newPage();
    await page.goto(`${site.address}/`);
    await page.waitForFunction('globalThis.isReady');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await native?.close();
  });

  const ask = (code: string) => page.evaluate(`(async () => { ${code} })()`);
  const inspect = (bytes: Uint8Array) =>
    ask(
      `return inspector.inspect(decode('${Buffer.from(bytes).toString('base64')}'))`,
    ) as Promise<Inspection>;

  async function expectSame(bytes: Uint8Array): Promise<void> {
    const [here, there] = [await inspect(bytes), await native.inspect(bytes)];
    expect(here.image).toEqual(there.image);
    expect([here.pass, here.reason]).toEqual([there.pass, there.reason]);
    expect(here.faces.length).toBe(there.faces.length);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const apart = Math.abs((here.subject?.box[side] ?? 0) - (there.subject?.box[side] ?? 0));
      expect(apart / (there.subject?.box.width ?? 1), side).toBeLessThan(NEAR);
    }
  }

  test.skipIf(skipped).each(['pass', 'group', 'profile', 'obstructed', 'tilted', 'small', 'none', 'sketch'])(
    `says of %s.jpg what Node says${skipped}`,
    async (name) => expectSame(example(name)),
  );

  test.skipIf(skipped).each([2, 3, 4, 5, 6, 7, 8])(
    'turns a picture of EXIF orientation %i upright',
    async (orientation) => {
      // Without turning it as well, sharp only writes the tag.
      const turned = await sharp(example('pass'))
        .resize(500, 400)
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      await expectSame(turned);
    },
  );

  test.skipIf(skipped).each([1, 3, 6, 8])(
    'draws the rows of a small face finer, in a picture of EXIF orientation %i',
    async (orientation) => {
      const turned = await sharp(example('small'))
        .rotate({ 1: 0, 3: 180, 6: 270, 8: 90 }[orientation])
        .resize(1280)
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      const [here, there] = [await inspect(turned), await native.inspect(turned)];
      const { mesh, box } = there.subject!;
      expect(here.reason).toBe(there.reason);
      expect(mesh.length).toBe(1404);
      const furthest = Math.max(...mesh.map((value, i) => Math.abs(value - here.subject!.mesh[i])));
      expect(furthest / box.width).toBeLessThan(MESH_NEAR);
    },
  );

  test.skipIf(skipped)('reads the other formats, transparency on white', async () => {
    const picture = sharp(example('pass')).resize(400);
    await expectSame(await picture.clone().webp().toBuffer());
    await expectSame(await picture.clone().ensureAlpha(0.5).png().toBuffer());
    // A width of 400 leaves no padding at the end of a row; blue comes first.
    const { data, info } = await picture
      .clone()
      .recomb(RED_AND_BLUE)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    await expectSame(buildBmp({ width, height, bits: 24, topDown: true, pixels: data }));
  });

  test.skipIf(skipped)(
    'finds the hips where a policy asks for them, and fetches the network then',
    async () => {
      const bytes = example('small');
      const files = () => site.asked.filter((path) => path.includes('movenet')).length;
      expect(files()).toBe(0);
      const policy = { minHips: 0.3 };
      const there = await native.inspect(bytes, { policy });
      const here = (await ask(
        `return inspector.inspect(decode('${bytes.toString('base64')}'), { policy: ${JSON.stringify(policy)} })`,
      )) as Inspection;
      expect(files()).toBe(2);
      for (const side of ['leftHip', 'rightHip'] as const) {
        expect(here.body?.[side].score).toBeCloseTo(there.body![side].score, 1);
      }
      expect(here.checks.find(({ id }) => id === 'hips')?.status).toBe(
        there.checks.find(({ id }) => id === 'hips')?.status,
      );
    },
  );

  test.skipIf(skipped)('takes pixels that were never a file, and leaves them to the caller', async () => {
    const base64 = example('pass').toString('base64');
    const [bitmap, frame, width] = (await ask(`
      const bitmap = await createImageBitmap(decode('${base64}'));
      const frame = new VideoFrame(bitmap, { timestamp: 0 });
      return [await inspector.inspect(bitmap), await inspector.inspect(frame), bitmap.width];
    `)) as [Inspection<string>, Inspection<string>, number];
    expect(width).toBe(768);
    for (const { image, pass } of [bitmap, frame]) {
      expect(image).toMatchObject({ format: 'frame', bytes: 0, width: 768, height: 768 });
      expect(pass).toBe(true);
    }
  });

  test.skipIf(skipped)('refuses with the errors of the catalogue', async () => {
    const base64 = example('pass').toString('base64');
    expect(await ask(`return codeOf(inspector.inspect(new Blob(['no picture'])))`)).toMatch(
      /^image.unsupported: /,
    );
    expect(await ask(`return codeOf(inspector.inspect(new Blob([])))`)).toMatch(/^image.empty: /);
    for (const other of ['"portrait.jpg"', 'undefined', 'new ArrayBuffer(8)', 'new Image()', 'closed'])
      expect(
        await ask(`
          const closed = await createImageBitmap(new ImageData(8, 8));
          closed.close();
          return codeOf(inspector.inspect(${other}));
        `),
        other,
      ).toMatch(/^image.unsupported: A picture is given as a Blob/);
    expect(
      await ask(`
        const frame = document.body.appendChild(document.createElement('iframe'));
        const { Blob } = frame.contentWindow;
        return codeOf(inspector.inspect(new Blob([new Uint8Array(10485760)])));
      `),
    ).toMatch(/^image.bytes: /);
    expect(
      await ask(`return codeOf(inspector.inspect(new Blob(['x']), { policy: { maxYaw: () => 1 } }))`),
    ).toMatch(/^policy.invalid: /);
    expect(await ask(`return codeOf(inspector.inspect(new Blob([new Uint8Array(10485760)])))`)).toMatch(
      /^image.bytes: /,
    );
    expect(await ask(`return codeOf(library.createInspector({ policy: { maxYaw: 'far' } }))`)).toMatch(
      /^policy.invalid: /,
    );
    for (const call of [
      `library.createInspector({ polcy: {} })`,
      `inspector.inspect(new Blob(['x']), { maxYaw: 30 })`,
      // A page has only those of LivePortrait.
      `inspector.inspect(new Blob(['x']), { limits: { maxBytes: 1 } })`,
    ]) {
      expect(await ask(`return codeOf(${call})`)).toMatch(
        /^option.invalid: There is no option "(polcy|maxYaw|limits)"/,
      );
    }
    expect(
      await ask(`
        const controller = new AbortController();
        const inspection = inspector.inspect(decode('${base64}'), { signal: controller.signal });
        controller.abort();
        return codeOf(inspection);
      `),
    ).toMatch(/^inspect.aborted: /);
    expect(
      await ask(`
        const other = await library.createInspector();
        const last = other.inspect(decode('${base64}'));
        await Promise.all([other.close(), other.close()]);
        return [(await last).pass, await codeOf(other.inspect(decode('${base64}')))];
      `),
    ).toEqual([true, expect.stringMatching(/^inspector.closed: /)]);
    expect(await ask(`return codeOf(library.createInspector({ assets: '/nowhere/' }))`)).toMatch(
      /^inspector.unavailable: /,
    );
  });

  test.skipIf(skipped)('refuses a JPEG that is cut off, where the browser does', async () => {
    const cut = example('pass').subarray(0, 20_000).toString('base64');
    // Firefox shows what there is of it, and gives it to us as whole.
    expect(await ask(`return codeOf(inspector.inspect(decode('${cut}')))`)).toMatch(
      which.name === 'Firefox' ? /^none$/ : /^image.corrupt: /,
    );
  });

  test.skipIf(skipped)('asks its own host only, for its own files', () => {
    const names = new Set(
      site.asked.filter((path) => path.startsWith('/judge/')).map((path) => path.slice(7)),
    );
    expect([...names].sort()).toEqual(
      ['blazeface.bin', 'blazeface.json', 'facemesh.bin', 'facemesh.json', 'index.js', 'worker.js']
        .concat('movenet-lightning.bin', 'movenet-lightning.json', 'tfjs-backend-wasm-simd.wasm')
        .sort(),
    );
  });
});

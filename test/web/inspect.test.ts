/** One picture: every way in, what is shown of it, and what goes wrong. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { serve } from '../server/build.ts';
import { useBench } from './bench.ts';
import { choose, copyOf, drop, example, expectVerdict, paste, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the page with one picture${SKIPPED}`, () => {
  const cleanup = cleanupAfterAll();
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  cleanup(() => rmSync(folder, { recursive: true }));
  const bench = useBench();

  test('a dropped file is inspected and shown with its layers and its crop', async () => {
    const page = await bench.open();
    await drop(page, [example('obstructed.jpg')]);
    await expectVerdict(page, 'Refused', 'Face covered');
    const stage = page.getByRole('region', { name: 'Picture', exact: true });
    expect(await stage.getByRole('img').getAttribute('alt')).toMatch(/^One face \d+ pixels wide/);
    for (const [layer, drawn] of [
      ['Faces', 'rect.face'],
      ['Points', 'path.mesh'],
      ['Head axes', 'line.forward'],
      ['Covered', 'path.cover'],
      ['Crop', '.crop polygon'],
    ] as const) {
      const button = stage.getByRole('button', { name: layer });
      const on = (await button.getAttribute('aria-pressed')) === 'true';
      expect((await stage.locator(drawn).count()) > 0, layer).toBe(on);
      await button.click();
      expect((await stage.locator(drawn).count()) > 0, layer).toBe(!on);
    }
    await expect.poll(() => page.evaluate(CROP_COLOURS)).toBeGreaterThan(1000);
  });

  test('what covers a face is said, tinted and told in words', async () => {
    const page = await bench.open();
    await drop(page, [example('obstructed.jpg')]);
    const sentence = 'A mask or cloth covers the nose, mouth and chin';
    await expectVerdict(page, 'Face covered', 'A mask or cloth very likely covers the nose, mouth and chin');
    const stage = page.getByRole('region', { name: 'Picture', exact: true });
    expect(await stage.getByRole('img').getAttribute('alt')).toContain(`${sentence}.`);
    expect(await stage.locator('.tag.covered').textContent()).toBe(`${sentence}.`);
    // In the picture's own pixels: the tint lies in the lower half of the face's box.
    const [face, tint] = await Promise.all([
      stage.locator('rect.face.line').evaluate(boxOf),
      stage.locator('path.cover').evaluate(boxOf),
    ]);
    expect(tint.y).toBeGreaterThan(face.y + face.height / 4);
    expect(tint.y + tint.height).toBeGreaterThan(face.y + face.height * 0.8);
    expect(tint.width).toBeGreaterThan(face.width / 2);
    const numbers = page.getByRole('region', { name: 'Numbers' });
    expect(await numbers.textContent()).toContain(`In front of the face${sentence}.`);

    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    expect(await stage.locator('path.cover').count()).toBe(0);
    expect(await numbers.textContent()).toContain('In front of the facenothing');
  });

  test('a folder is walked through, and what is no picture stays behind', async () => {
    for (const name of ['pass.jpg', 'profile.jpg']) cpSync(example(name), join(folder, 'dropped', name));
    writeFileSync(join(folder, 'dropped/notes.txt'), 'no picture');
    const page = await bench.open();
    await drop(page, [join(folder, 'dropped')]);
    await page.getByRole('heading', { name: '2 pictures' }).waitFor();
  });

  test('pictures of several folders are told apart, in the order of their names; what cannot be read stops nobody', async () => {
    for (const name of ['bob/2.jpg', 'bob/10.JPG', 'anna/2.heif', 'anna/1.jxl'])
      cpSync(example('pass.jpg'), join(folder, 'people', name));
    symlinkSync('nowhere', join(folder, 'people/bob/lost.jpg'));
    cpSync(example('pass.jpg'), join(folder, 'scan'));
    mkdirSync(join(folder, 'papers'));
    writeFileSync(join(folder, 'papers/notes.txt'), 'no picture');
    const page = await bench.open();
    const names = () => page.locator('tbody th').allTextContents();
    await drop(page, [join(folder, 'papers')]);
    await page.getByText('There are no pictures in what was dropped.').waitFor();
    await drop(page, [join(folder, 'people')]);
    await page.getByRole('heading', { name: '4 pictures' }).waitFor();
    expect(await names()).toEqual(['anna/1.jxl', 'anna/2.heif', 'bob/2.jpg', 'bob/10.JPG']);
    expect(await page.getByText('There are no pictures').count()).toBe(0);
    // A file that is dropped by itself is taken, whatever it is called, beside folders too.
    await drop(page, [join(folder, 'papers'), join(folder, 'scan')]);
    await page.getByRole('heading', { name: '5 pictures' }).waitFor();
    expect((await names()).at(-1)).toBe('scan');
  });

  test('a file that was moved after it was chosen is told to be that', async () => {
    const gone = join(folder, 'gone.jpg');
    cpSync(example('pass.jpg'), gone);
    const page = await bench.open();
    // The judge is not there yet, so that the file is read after it went.
    let goOn = () => {};
    const moved = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route(/blazeface.*\.bin$/, async (route) => {
      await moved;
      await route.continue();
    });
    await choose(page, gone);
    rmSync(gone);
    goOn();
    await expectVerdict(page, 'Not checked', 'The file cannot be read', 'Choose it again.');
  });

  test('an address is loaded by the service, through its guard, and shown as it was loaded', async () => {
    const picture = readFileSync(example('profile.jpg'));
    const host = await serve(cleanup, (request, response) => {
      response.writeHead(request.url === '/profile.jpg' ? 200 : 404).end(picture);
    });
    const page = await bench.open();
    await page.getByRole('textbox', { name: 'Address of a picture' }).fill(`${host}/profile.jpg`);
    await page.keyboard.press('Enter');
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.getByRole('region', { name: 'Picture', exact: true }).getByRole('img').waitFor();
    await page.getByText('What LivePortrait sees').waitFor();

    await paste(page, `${host}/nothing.jpg`);
    await expectVerdict(page, 'Not checked', 'No picture at this address', 'private browser window');
    await page.getByText('The picture could not be loaded.').waitFor();
    await paste(page, `${host}/${encodeURIComponent('张三.jpg')}`);
    await page.getByRole('button', { name: '张三.jpg', exact: true }).waitFor();
    await paste(page, `${host}/100%25%E5.jpg`);
    await page.getByRole('button', { name: '100%25%E5.jpg', exact: true }).waitFor();
  });

  test('a file is judged in the browser: without a key, and without a word to the service', async () => {
    const page = await bench.open({ key: '' });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await choose(page, example('profile.jpg'));
    await expectVerdict(page, 'Refused', 'Face in profile', 'Checked in this browser. Nothing was sent.');
    expect(sent).toEqual([]);
    // With the models there, it needs no network any more.
    await page.context().setOffline(true);
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test("it speaks the browser's language, and remembers another one that was chosen", async () => {
    const page = await bench.open({ key: '', locale: 'zh-CN' });
    const language = () => page.evaluate('document.documentElement.lang');
    expect(await language()).toBe('zh-CN');
    await page.getByRole('button', { name: '戴口罩 人脸有遮挡' }).click();
    const verdict = page.getByRole('region', { name: '检测结果' });
    await verdict.getByRole('heading', { name: '未通过' }).waitFor();
    expect(await verdict.textContent()).toContain('口罩或布料');
    // What was found is told again at once, and nothing is looked at again.
    await page.getByRole('button', { name: 'English' }).click();
    await expectVerdict(page, 'Refused', 'Face covered', 'A mask or cloth');
    await page.reload();
    await expectVerdict(page, 'Refused', 'Face covered');
    expect(await language()).toBe('en');
  });

  test('a click on the empty place chooses files, one picture can be removed, and the name leads home', async () => {
    const page = await bench.open({ key: '' });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('heading', { name: 'Check a portrait before you animate it' }).click(),
    ]);
    await chooser.setFiles([example('pass.jpg'), example('profile.jpg')]);
    await page.getByText('All 2 pictures are checked.').waitFor();
    await expectVerdict(page, 'Passes');
    await page.getByRole('button', { name: 'Remove pass.jpg' }).click();
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.getByRole('button', { name: 'back to the start' }).click();
    await page.getByRole('button', { name: 'Try all of them' }).waitFor();
    await page.getByRole('button', { name: 'profile.jpg', exact: true }).click();
    await expectVerdict(page, 'Refused', 'Face in profile');
  });

  test('a text that is no address is not sent', async () => {
    const page = await bench.open();
    await page.getByRole('textbox', { name: 'Address of a picture' }).fill('portrait.jpg');
    await page.keyboard.press('Enter');
    const complaint = page.getByText('An address starts with http:// or https://.');
    await complaint.waitFor();
    // It is over with the next picture, and with the next letter.
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    expect(await complaint.count()).toBe(0);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await complaint.waitFor();
    await page.getByRole('textbox', { name: 'Address of a picture' }).fill('https://');
    expect(await complaint.count()).toBe(0);
  });

  test('a wrong file says what it is and what to do', async () => {
    const page = await bench.open();
    await choose(page, { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await expectVerdict(page, 'Refused', 'Not a supported picture', 'Convert the picture to JPEG');
    // Nothing is offered that needs a picture.
    const stage = page.getByRole('region', { name: 'Picture', exact: true });
    await stage.getByText('This browser cannot show this file.').waitFor();
    expect(await stage.getByRole('button').count()).toBe(0);
    const huge = join(folder, 'huge.png');
    writeFileSync(huge, '');
    truncateSync(huge, 10 * 1024 * 1024);
    await choose(page, huge);
    await expectVerdict(page, 'Refused', 'File too large', 'Save it as a smaller JPEG');
    const fixes = '/v1/fix' in (await (await fetch(`${bench.service.url}/openapi.json`)).json()).paths;
    expect(await page.getByRole('button', { name: 'Fix' }).count()).toBe(fixes ? 1 : 0);
  });

  test('a lost connection loses no picture', async () => {
    const page = await bench.open();
    await page.context().setOffline(true);
    await choose(page, [copyOf('pass.jpg', 'a.jpg'), copyOf('profile.jpg', 'b.jpg')]);
    const alert = page.getByRole('alert');
    await alert.getByText('The service cannot be reached').waitFor();
    // Nothing is known of it that a limit could be held against.
    await page.getByRole('heading', { name: 'Waiting' }).waitFor();
    expect(await page.getByRole('slider').count()).toBe(0);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.getByText('The service cannot be reached').waitFor();
    await page.context().setOffline(false);
    // It is looked for again without being asked to.
    await page.getByText('All 2 pictures are checked.').waitFor();
    expect(await alert.count()).toBe(0);
    expect(await page.getByRole('slider').count()).toBeGreaterThan(10);
  });

  test('the same request can be copied, with the limits that were moved', async () => {
    const page = await bench.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    await page.getByRole('checkbox', { name: 'Refuse pictures for "Eyes open"' }).check();
    for (const language of ['curl', 'TypeScript', 'Python']) {
      await page.getByRole('button', { name: language }).click();
      await page.getByRole('button', { name: /^Cop(?:y|ied)$/ }).click();
      const copied = () => page.evaluate('navigator.clipboard.readText()');
      const code = (await page.locator('.snippets code').textContent())!;
      await expect.poll(copied).toBe(code);
      expect(code).toContain(`${bench.service.url}/v1/inspect`);
      expect(code).toContain('pass.jpg');
      expect(code).toContain('{"enforce":["eyes"]}');
    }
  });

  test('where the clipboard is refused, the request is selected', async () => {
    const page = await bench.open();
    await page.evaluate(
      `navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError') }`,
    );
    await choose(page, example('pass.jpg'));
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Selected. Press Ctrl+C or ⌘C' }).waitFor();
    expect(await page.evaluate('getSelection().toString()')).toContain(`${bench.service.url}/v1/inspect`);
  });
});

/** The box around a shape. */
function boxOf(shape: SVGElement | HTMLElement) {
  const { y, width, height } = (shape as SVGGraphicsElement).getBBox();
  return { y, width, height };
}

/** How many colours the crop has. */
const CROP_COLOURS = `(() => {
  const canvas = document.querySelector('.crop-view canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return new Set(new Uint32Array(pixels.buffer)).size;
})()`;

/** The session after a reload: what is kept in the browser, what is forgotten, and what a browser may refuse. */
import { describe, expect, test } from 'vitest';
import { beyondBounds, LONGEST_MS, MOST_BYTES, MOST_PICTURES } from '../../web/src/session/kept/store.ts';
import { useBench } from './bench.ts';
import { choose, copyOf, example, expectVerdict, keptIn, SKIPPED } from './setup.ts';

const KEPT_HERE = 'These pictures are kept in this browser only, for 24 hours.';
const START = 'Check a portrait before you animate it';

test('the oldest pictures go when there are too many, or too large ones', () => {
  const keys = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, at) => ({ at, bytes, id: String(at) }));
  expect(beyondBounds([])).toEqual([]);
  expect(beyondBounds(keys(MOST_PICTURES, 1))).toEqual([]);
  expect(beyondBounds(keys(MOST_PICTURES + 2, 1)).map(({ at }) => at)).toEqual([0, 1]);
  expect(beyondBounds(keys(3, MOST_BYTES / 2)).map(({ at }) => at)).toEqual([0]);
  expect(beyondBounds(keys(2, MOST_BYTES + 1))).toHaveLength(2);
});

describe.skipIf(SKIPPED)(`the session after a reload${SKIPPED}`, () => {
  const bench = useBench();

  test('is there again, is forgotten picture by picture, and wholly in all tabs', async () => {
    const page = await bench.open({ key: '' });
    await choose(page, [
      copyOf('pass.jpg', 'a.jpg'),
      copyOf('profile.jpg', 'b.jpg'),
      { name: 'c.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    ]);
    await page.getByText('All 3 pictures are checked.').waitFor();
    await expect
      .poll(async () => (await keptIn(page)).map(({ name }) => name).sort())
      .toEqual(['a.jpg', 'b.jpg', 'c.jpg']);

    await page.reload();
    // No second look: with the network cut, the judge could not even be loaded.
    await page.context().setOffline(true);
    await page.getByRole('heading', { name: '3 pictures' }).waitFor();
    await page.getByText(KEPT_HERE).waitFor();
    await page.getByRole('button', { name: 'b.jpg', exact: true }).click();
    await expectVerdict(page, 'Refused', 'Face in profile', 'Checked in this browser');
    await page.getByRole('region', { name: 'Picture', exact: true }).getByRole('img').waitFor();
    await page.getByRole('button', { name: 'c.jpg', exact: true }).click();
    await expectVerdict(page, 'Not a supported picture');
    await page.context().setOffline(false);

    await page.getByRole('button', { name: 'Remove b.jpg' }).click();
    await expect.poll(async () => (await keptIn(page)).length).toBe(2);

    // A new visit begins at the start, with the pictures below it.
    const other = await page.context().newPage();
    await other.goto(bench.service.url);
    await other.getByRole('heading', { name: START }).waitFor();
    await other.getByRole('heading', { name: '2 pictures' }).waitFor();
    await other.getByRole('button', { name: 'Forget all' }).click();
    await page.getByRole('heading', { name: START }).waitFor();
    // Not even an empty database stays.
    await expect.poll(() => page.evaluate('indexedDB.databases()')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: START }).waitFor();
    expect(await page.getByRole('row').count()).toBe(0);

    // And it begins anew.
    await choose(other, [copyOf('pass.jpg', 'd.jpg')]);
    await expectVerdict(other, 'Passes');
    await expect.poll(async () => (await keptIn(page)).map(({ name }) => name)).toEqual(['d.jpg']);
  });

  test('what is damaged, too old, or of another edition is deleted, and the rest is there', async () => {
    const page = await bench.open({ key: '' });
    await choose(page, [copyOf('pass.jpg', 'good.jpg')]);
    await expectVerdict(page, 'Passes');
    await expect.poll(async () => (await keptIn(page)).length).toBe(1);
    await page.evaluate(SPOIL, LONGEST_MS);
    expect((await keptIn(page)).length).toBeGreaterThan(5);
    await page.reload();
    await expectVerdict(page, 'Passes');
    await page.getByRole('heading', { name: '1 picture' }).waitFor();
    await expect.poll(async () => (await keptIn(page)).map(({ name }) => name)).toEqual(['good.jpg']);
  });

  test('a page that is returned to forgets what another tab has forgotten meanwhile', async () => {
    const page = await bench.open({ key: '' });
    await choose(page, [copyOf('pass.jpg', 'a.jpg')]);
    await expectVerdict(page, 'Passes');
    await expect.poll(async () => (await keptIn(page)).length).toBe(1);
    await page.evaluate(RETURN);
    await page.getByRole('heading', { name: '1 picture' }).waitFor();
    // A page that is set aside hears nothing.
    await page.evaluate(EMPTY_DATABASE);
    await page.evaluate(RETURN);
    await page.getByRole('heading', { name: START }).waitFor();
    expect(await page.getByRole('row').count()).toBe(0);
  });

  test('a database that the browser has closed is opened again', async () => {
    const page = await bench.open({ key: '' });
    await page.evaluate(`(() => {
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = () => {
        IDBDatabase.prototype.transaction = transaction;
        throw new DOMException('', 'InvalidStateError');
      };
    })()`);
    await choose(page, [copyOf('pass.jpg', 'a.jpg')]);
    await expect.poll(async () => (await keptIn(page)).length).toBe(1);
    expect(await page.getByText('This browser keeps nothing.').count()).toBe(0);
  });

  test('the browser asks before what was not looked at yet is lost, and only then', async () => {
    const page = await bench.open({ key: '' });
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    const leave = () => page.close({ runBeforeUnload: true });
    let load = () => {};
    const isLoaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    await page.route('**/facemesh*', async (route) => {
      await isLoaded;
      await route.continue();
    });
    await choose(page, [copyOf('pass.jpg', 'a.jpg'), copyOf('profile.jpg', 'b.jpg')]);
    await page.getByRole('row', { name: 'a.jpg' }).waitFor();
    await leave();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    load();
    await page.getByText('All 2 pictures are checked.').waitFor();
    await Promise.all([page.waitForEvent('close'), leave()]);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['has no database', `Object.defineProperty(globalThis, 'indexedDB', { value: undefined })`],
    ['opens none', `indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }`],
    [
      'has no room',
      `IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }`,
    ],
  ])('a browser that %s keeps nothing, and says so', async (_name, script) => {
    const page = await bench.open({ key: '' });
    await page.addInitScript(script);
    await page.reload();
    await choose(page, example('profile.jpg'));
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.getByText('This browser keeps nothing.').waitFor();
    await page.getByRole('button', { name: 'Forget all' }).click();
    await page.getByRole('heading', { name: START }).waitFor();
  });
});

/** What a page gets that was set aside and is returned to. */
const RETURN = `void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`;

const EMPTY_DATABASE = `new Promise((resolve) => {
  indexedDB.open('liveportrait-detect.session').onsuccess = ({ target: { result } }) => {
    result.transaction('pictures', 'readwrite').objectStore('pictures').clear().onsuccess = () => resolve(result.close());
  };
})`;

/** Lays wrong copies of the one kept picture beside it. */
async function SPOIL(longest: number): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open('liveportrait-detect.session'));
  const table = () => database.transaction('pictures', 'readwrite').objectStore('pictures');
  const [good] = await done(table().getAll());
  const [[at, bytes]] = (await done(table().getAllKeys())) as [[number, number, string]];
  const { progress } = good;
  const wrong = {
    edition: { ...good, edition: 0 },
    source: { ...good, source: { kind: 'file', file: 'not a file' } },
    name: { ...good, name: 'x'.repeat(5_000) },
    faces: { ...good, progress: { ...progress, inspection: { ...progress.inspection, faces: null } } },
    mesh: {
      ...good,
      progress: {
        ...progress,
        inspection: {
          ...progress.inspection,
          subject: { ...progress.inspection.subject, mesh: [1, 'two', 3] },
        },
      },
    },
    nothing: null,
  };
  for (const [name, value] of Object.entries(wrong)) await done(table().put(value, [at, bytes, name]));
  await done(table().put(good, 'a key of another kind'));
  await done(table().put(good, [at - longest, bytes, 'too old']));
  await done(table().put(good, [at + 2 * longest, bytes, 'of another time']));
  database.close();
}

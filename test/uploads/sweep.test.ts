/** What a sweep does where a store lets go of little, or of nothing. */
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { type Place, placeOf } from '../../src/uploads/place.ts';
import type { UploadStore } from '../../src/uploads/store.ts';
import { Uploads } from '../../src/uploads/uploads.ts';
import { temporaryDirectory } from '../store/temporary.ts';

const COUNT = 60;
const LIMITS = { keyFiles: 100, keyBytes: 1_000, files: 100, bytes: 1_000 };
const PLACES = Array.from({ length: COUNT }, (_, at) =>
  placeOf(`dashscope-instant/0123456789abcdef/day/one/${at}.jpg`),
);

afterEach(() => void vi.restoreAllMocks());

/** The uploads of a store whose files are all over their time. */
async function open(remove: (place: Place) => Promise<void>) {
  const store: UploadStore = {
    signingKey: Buffer.alloc(32),
    put: async () => true,
    get: async () => undefined,
    remove,
    async *list() {
      for (const place of PLACES) yield { place, bytes: 1, at: 0 };
    },
    close: () => undefined,
  };
  const onTrouble = vi.fn();
  const folder = await temporaryDirectory();
  const uploads = await Uploads.open({ store, folder, lifeMs: 1, limits: LIMITS, floorBytes: 0, onTrouble });
  onTestFinished(() => uploads.close());
  return { uploads, onTrouble };
}

it('what is locked counts, is told of once, and keeps nothing behind it', async () => {
  const locked = new Set(PLACES.slice(0, COUNT / 2));
  const { uploads, onTrouble } = await open(async (place) => {
    if (locked.has(place)) throw new DetectError('upload.unavailable');
  });
  expect(uploads.kept.files).toBe(locked.size);
  expect(onTrouble).toHaveBeenCalledOnce();
});

it('a store that does not answer is not asked for one after the other', async () => {
  let late = 0;
  const { now } = performance;
  vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + late);
  const remove = vi.fn(async () => {
    late += 8_000;
    throw new DetectError('upload.unavailable');
  });
  const { uploads } = await open(remove);
  expect(remove).toHaveBeenCalledTimes(2);
  expect(uploads.kept.files).toBe(COUNT);
});

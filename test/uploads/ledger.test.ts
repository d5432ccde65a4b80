import { expect, it } from 'vitest';
import { Ledger } from '../../src/uploads/ledger.ts';

const MIB = 1024 * 1024;
const LIMITS = { keyFiles: 2, keyBytes: 2 * MIB, files: 3, bytes: 3 * MIB };
const refusal = (code: string, message: string) => expect.objectContaining({ code, message });

it('holds a key, and all of them, to numbers and bytes, with what is on its way', () => {
  const ledger = new Ledger(LIMITS);
  const first = ledger.take('a', MIB);
  ledger.take('a', MIB);
  expect(() => ledger.take('a', 1)).toThrow(refusal('upload.key_full', 'A key may have 2 uploads.'));
  expect(() => ledger.take('b', 2 * MIB)).toThrow(
    refusal('upload.full', 'The service keeps 3 MiB of uploads.'),
  );
  expect(() => ledger.take('b', 2 * MIB + 1)).toThrow(
    refusal('upload.key_full', 'The uploads of a key may take 2 MiB.'),
  );
  ledger.take('b', 1);
  expect(() => ledger.take('c', 1)).toThrow(refusal('upload.full', 'The service keeps 3 uploads.'));
  // What was claimed is given back, once.
  first.release();
  first.release();
  first.settle(MIB);
  expect(ledger.kept).toEqual({ files: 0, bytes: 0 });
  ledger.take('a', MIB).settle(10);
  expect(ledger.kept).toEqual({ files: 1, bytes: 10 });
});

it('counts anew, with what comes meanwhile', () => {
  const ledger = new Ledger(LIMITS);
  ledger.take('a', MIB).settle(MIB);
  const count = ledger.recount();
  count.add('b', 5);
  ledger.take('c', MIB).settle(7);
  expect(ledger.kept.files).toBe(2);
  count.done();
  expect(ledger.kept).toEqual({ files: 2, bytes: 12 });
  expect(() => ledger.take('a', 2 * MIB)).not.toThrow();
});

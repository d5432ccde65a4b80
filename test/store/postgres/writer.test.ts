import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DetectError } from '../../../src/errors.ts';
import { Books, type Group, type Turn } from '../../../src/store/postgres/books.ts';
import { Database } from '../../../src/store/postgres/database.ts';
import { migrate } from '../../../src/store/postgres/migrations.ts';
import { Spool } from '../../../src/store/postgres/spool.ts';
import { Writer } from '../../../src/store/postgres/writer.ts';
import { CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { temporaryDirectory } from '../temporary.ts';
import { emptyDatabase } from './set-up.ts';

const ENTRY = { keyId: 'k', day: '2026-01-31', verdict: 'pass', sum: 1 } as const;

type Fault = 'none' | 'before' | 'after';

/** Books on a real database; a fault fails a write before it is made, or after, when only the answer is lost. */
class FaultyBooks extends Books {
  fault: Fault = 'none';

  override async write(turn: Turn, group: Group): Promise<boolean> {
    if (this.fault === 'before') throw new DetectError('store.unavailable');
    const written = await super.write(turn, group);
    if (this.fault === 'after') throw new DetectError('store.unavailable');
    return written;
  }
}

async function setUp() {
  const url = await emptyDatabase();
  await migrate(url);
  const database = new Database({ url });
  onTestFinished(() => database.close());
  const file = join(await temporaryDirectory(), 'spool.db');
  const spool = await Spool.open(file);
  onTestFinished(() => spool.close());
  const makeWriter = (withSpool: Spool | undefined = spool) => {
    const books = new FaultyBooks(database.query);
    const writer = new Writer({ books, spool: withSpool, onStuck: () => undefined });
    onTestFinished(() => writer.close());
    return { books, writer };
  };
  const books = new Books(database.query);
  const count = async () => (await books.rows({}))[0]?.count ?? 0;
  return { database, file, spool, makeWriter, count };
}

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'the way into the books' : HOW_TO_GET, () => {
  it('counts once what arrived though the answer was lost, and everything after it', async () => {
    const { makeWriter, spool, count } = await setUp();
    const { books, writer } = makeWriter();
    await writer.add(ENTRY);
    books.fault = 'after';
    await writer.add(ENTRY);
    await writer.add(ENTRY);
    expect(writer.spooling).toBe(true);
    expect(await count()).toBe(2);
    books.fault = 'none';
    await writer.add(ENTRY);
    await writer.drain();
    expect(writer.spooling).toBe(false);
    expect(await count()).toBe(4);
    expect(await spool.writers()).toEqual([]);
    await writer.add(ENTRY);
    expect(await count()).toBe(5);
  });

  it('counts once when emptying the spool is what lost its answer', async () => {
    const { makeWriter, count } = await setUp();
    const { books, writer } = makeWriter();
    books.fault = 'before';
    for (let groups = 0; groups < 5; groups++) await writer.add(ENTRY);
    books.fault = 'after';
    await writer.drain();
    expect(writer.spooling).toBe(true);
    books.fault = 'none';
    await writer.drain();
    expect(await count()).toBe(5);
  });

  it('a write that comes late, after the spool was emptied, changes nothing', async () => {
    const { makeWriter, database, count } = await setUp();
    const { books, writer } = makeWriter();
    const late: [Turn, Group][] = [];
    const write = books.write.bind(books);
    books.write = async (turn, group) => {
      late.push([turn, group]);
      throw new DetectError('store.unavailable');
    };
    await writer.add(ENTRY);
    books.write = write;
    await writer.drain();
    expect(await count()).toBe(1);
    for (const [turn, group] of late) expect(await new Books(database.query).write(turn, group)).toBe(false);
    expect(late).toHaveLength(1);
    expect(await count()).toBe(1);
  });

  it('brings in what an earlier process left, also when two do so at once', async () => {
    const { makeWriter, spool, file, count } = await setUp();
    const dead = makeWriter();
    dead.books.fault = 'before';
    for (let groups = 0; groups < 20; groups++) await dead.writer.add(ENTRY);
    const secondSpool = await Spool.open(file);
    onTestFinished(() => secondSpool.close());
    await Promise.all([makeWriter().writer.drain(), makeWriter(secondSpool).writer.drain()]);
    expect(await count()).toBe(20);
    expect(await spool.writers()).toEqual([]);
  });

  it('goes on while the spool is emptied: nothing is lost between the two ways', async () => {
    const { makeWriter, count } = await setUp();
    const { books, writer } = makeWriter();
    books.fault = 'before';
    let added = 0;
    let on = true;
    const client = async () => {
      while (on) {
        await writer.add(ENTRY);
        added++;
      }
    };
    const clients = Promise.all([client(), client(), client()]);
    for (let round = 0; round < 5; round++) {
      books.fault = 'before';
      await sleep(60);
      books.fault = 'none';
      await writer.drain();
      await sleep(20);
    }
    on = false;
    await clients;
    await writer.drain();
    expect(await count()).toBe(added);
  });

  it('a change that takes back may come before what it takes back', async () => {
    const { makeWriter, count } = await setUp();
    const [one, other] = [makeWriter(), makeWriter()];
    one.books.fault = 'before';
    await one.writer.add(ENTRY);
    await other.writer.add({ ...ENTRY, sum: -1 });
    expect(await count()).toBe(0);
    one.books.fault = 'none';
    await one.writer.drain();
    await other.writer.add(ENTRY);
    expect(await count()).toBe(1);
  });

  it('without a spool rejects what cannot be written, and counts nothing of it', async () => {
    const { database, count } = await setUp();
    const books = new FaultyBooks(database.query);
    const writer = new Writer({ books, spool: undefined, onStuck: () => undefined });
    books.fault = 'before';
    await expect(writer.add(ENTRY)).rejects.toMatchObject({ code: 'store.unavailable' });
    books.fault = 'none';
    await writer.add(ENTRY);
    await writer.close();
    expect(await count()).toBe(1);
  });
});

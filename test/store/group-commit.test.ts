import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../src/store/group-commit.ts';

describe('group commit', () => {
  it('writes what arrives in one turn, or while a write is under way, together and in order', async () => {
    const groups: number[][] = [];
    let finish: () => void = () => undefined;
    const commits = new GroupCommit<number>(async (entries) => {
      groups.push([...entries]);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    const first = Promise.all([commits.add(1), commits.add(2)]);
    await turn();
    const second = Promise.all([commits.add(3), commits.add(4)]);
    await turn();
    expect(groups).toEqual([[1, 2]]);
    finish();
    await first;
    await turn();
    expect(groups).toEqual([
      [1, 2],
      [3, 4],
    ]);
    finish();
    await second;
  });

  it('rejects a whole group, and only that', async () => {
    const commits = new GroupCommit<string>(async (entries) => {
      if (entries.includes('bad')) throw new Error('disk full');
    });
    const group = await Promise.allSettled([commits.add('good'), commits.add('bad')]);
    expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await commits.add('good');
  });

  it('is settled when all that was added is written', async () => {
    const written: number[] = [];
    const commits = new GroupCommit<number>(async (entries) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      written.push(...entries);
    });
    await commits.settled();
    void commits.add(1);
    void commits.add(2);
    await commits.settled();
    expect(written).toEqual([1, 2]);
  });
});

import { expect, it } from 'vitest';
import { Closers, startWith } from '../../src/server/closers.ts';

it('ends the last first, and all of them, whatever fails', async () => {
  const ended: string[] = [];
  const closers = new Closers();
  for (const name of ['store', 'uploads', 'server']) {
    closers.add(async () => {
      ended.push(name);
      if (name !== 'store') throw new Error(`${name} does not end`);
    });
  }
  await expect(closers.close()).rejects.toThrow('server does not end');
  expect(ended).toEqual(['server', 'uploads', 'store']);
});

it('tells why a start failed, and not what does not end because of that', async () => {
  const ended: string[] = [];
  const start = startWith(async (closers) => {
    closers.add(() => ended.push('store'));
    closers.add(() => Promise.reject(new Error('uploads do not end')));
    throw new Error('port taken');
  });
  await expect(start).rejects.toThrow('port taken');
  expect(ended).toEqual(['store']);
});

/** A watcher that fails: the system's own errors, which nobody can ask for, are told as it tells them. */
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { FoundFile } from '../../src/cli/files.ts';
import { watchFolder } from '../../src/cli/watch.ts';

const watcher = Object.assign(new EventEmitter(), { close: async () => undefined });
vi.mock('chokidar', () => ({ watch: () => watcher }));

const errorOf = (code: string, path?: string) => Object.assign(new Error(code), { code, path });

test('a folder below that may not be read is told once, and one that cannot be watched at all is the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const found: FoundFile[] = [];
  const ended = (async () => {
    for await (const one of watchFolder(folder, [], new AbortController().signal)) found.push(one);
  })();
  await expect.poll(() => watcher.listenerCount('error')).toBe(1);
  for (let times = 0; times < 2; times++) watcher.emit('error', errorOf('EACCES', join(folder, 'below')));
  watcher.emit('add', join(folder, 'a.jpg'));
  watcher.emit('error', errorOf('ENOSPC'));
  await ended;
  expect(found.map(({ file, problem }) => [file, problem?.code])).toEqual([
    [join(folder, 'below'), 'file.unreadable'],
    [join(folder, 'a.jpg'), undefined],
    [folder, 'file.unreadable'],
  ]);
});

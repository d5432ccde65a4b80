import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { openLog } from '../../src/cli/service-log.ts';

const MIB = 1024 * 1024;

it('keeps some megabytes for a reader who stands still, and says what is missing when they go on', async () => {
  const taken: string[] = [];
  let goOn = () => {};
  const stdout = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      taken.push(line);
      if (taken.length === 1) goOn = done;
      else done();
    },
  });
  const log = openLog({ stdout } as unknown as CliContext, 'info');
  const text = 'x'.repeat(MIB / 4);
  for (let line = 0; line < 100; line++) log.info(text);
  expect(stdout.writableLength).toBeLessThan(5 * MIB);
  goOn();
  await expect.poll(() => taken.at(-1)).toContain('are missing');
  const { lines } = JSON.parse(taken.at(-1) ?? '');
  expect(lines + taken.length - 1).toBe(100);
});

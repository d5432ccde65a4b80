/** V8's settings in the command's and the service's own process: a flag that V8 no longer knew would do nothing. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { EXEC_ARGV } from '../programs/exec-argv.ts';

const HEAP = new URL('../../src/cli/heap.ts', import.meta.url).href;

/** Bytes of the room for young objects, after many that live for a while. */
function youngBytes(isSet: boolean): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    ${isSet ? `(await import(${JSON.stringify(HEAP)})).setHeap();` : ''}
    let kept = [];
    for (let i = 0; i < 5_000_000; i++) {
      kept.push({ i });
      if (kept.length === 100_000) kept = [];
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  `;
  const args = [...EXEC_ARGV, '--input-type=module', '--eval', program];
  return Number(
    execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

test('the room for young objects stays small', () => {
  expect(youngBytes(true) / youngBytes(false)).toBeLessThan(1 / 2);
}, 60_000);

/**
 * What WebAssembly costs in Node beside native code: `npm run build && npm run bench:engines`. Both inspect the same pictures in one
 * process, in turns; then a process each is started for one picture, in turns too. `--rounds 40`, `--starts 10`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createInspector } from '../src/index.ts';
import { describeMachine, thisMachine, warnIfBusy } from './machine.ts';
import { ms, spread, table } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    starts: { type: 'string', default: '10' },
  },
});
const ENGINES = ['native', 'wasm'] as const;
const WARM_UP = 10;
const BIN = fileURLToPath(new URL('../bin/liveportrait-detect.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../examples/pass.jpg', import.meta.url));

warnIfBusy();
process.stdout.write(`${describeMachine(thisMachine())}\n\n`);
const source = () => sharp(readFileSync(EXAMPLE)).resize(1280);
const pictures: Readonly<Record<string, Uint8Array>> = {
  'JPEG 1280': await source().jpeg({ quality: 90 }).toBuffer(),
  'PNG 1280': await source().png().toBuffer(),
  'WebP 1280': await source().webp().toBuffer(),
};
const inspectors = {
  native: await createInspector({ engine: 'native' }),
  wasm: await createInspector({ engine: 'wasm' }),
};

const rows: string[][] = [];
for (const [name, bytes] of Object.entries(pictures)) {
  const costs = { native: [] as number[], wasm: [] as number[] };
  for (let round = -WARM_UP; round < Number(values.rounds); round++) {
    for (const engine of ENGINES) {
      const before = process.cpuUsage();
      await inspectors[engine].inspect(bytes);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) costs[engine].push((user + system) / 1000);
    }
  }
  rows.push([name, ...inWords(costs)]);
}
for (const engine of ENGINES) await inspectors[engine].close();

const starts = { native: [] as number[], wasm: [] as number[] };
for (let start = 0; start < Number(values.starts); start++) {
  for (const engine of ENGINES) {
    const begun = performance.now();
    const { status } = spawnSync(process.execPath, [BIN, 'check', EXAMPLE], {
      env: { ...process.env, LPD_ENGINE: engine },
      stdio: 'ignore',
    });
    if (status !== 0) throw new Error(`check ended with ${status} on ${engine}`);
    starts[engine].push(performance.now() - begun);
  }
}
rows.push(['`check` of one picture, from the shell (wall time)', ...inWords(starts)]);
process.stdout.write(table(['processor time', 'native ms', 'wasm ms', 'wasm, of native'], rows));

/** Medians, and the median of the rounds' own ratios. */
function inWords({ native, wasm }: Readonly<Record<(typeof ENGINES)[number], number[]>>): string[] {
  const ratio = spread(wasm.map((time, i) => time / native[i])).median;
  return [ms(spread(native).median), ms(spread(wasm).median), ratio.toFixed(2)];
}

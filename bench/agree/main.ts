/**
 * Whether the judge says the same everywhere: `npm run build && npm run agree -- ../shared/portraits ../shared/portraits-2`. The
 * same pixels are given to both kinds of networks, onnxruntime and TensorFlow.js's WebAssembly, and the same files to Node and
 * to Chromium. `--most 200` takes 200 pictures of each folder. It ends with 1 where they agree less than is promised.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openFile } from '../../src/core/image/picture.ts';
import { createInspectorOn } from '../../src/core/inspect.ts';
import { decoderOf } from '../../src/node/decode/decode.ts';
import { openOnnxNetworks as openNative } from '../../src/node/networks/onnx-networks.ts';
import { openWasmNetworks } from '../../test/wasm/open.ts';
import { table } from '../statistics.ts';
import { compareNetworks } from './both-networks.ts';
import { openJudge } from './in-page.ts';
import { picturesIn, sample } from './pictures.ts';
import { describeDifference, isSame, type Verdict, verdictOf } from './verdict.ts';

/** What is promised: how far apart the networks' numbers may be, and in how many files the verdict is the same. */
const MOST_APART = 1e-3;
const LEAST_SAME = 0.995;
const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { most: { type: 'string', default: 'Infinity' } },
});

const furthest: Record<string, number> = {};
const [native, wasm] = await Promise.all([openNative(), openWasmNetworks()]);
const open = (bytes: Uint8Array) => openFile(bytes, decoderOf());
const first = await createInspectorOn(async () => ({
  networks: compareNetworks(native, wasm, { furthest }),
  open,
}));
const second = await createInspectorOn(async () => ({ networks: wasm, open }));

let count = 0;
let sameReasons = 0;
const byPixels: string[] = [];
const byFile: string[] = [];
for (const folder of [EXAMPLES, ...positionals]) {
  const page = await openJudge(folder);
  for (const file of sample(picturesIn(folder), Number(values.most))) {
    const bytes = new Uint8Array(await readFile(join(folder, file)));
    const verdict = await verdictOf(first, bytes);
    const [other, paged] = [await verdictOf(second, bytes), await page.judge(file)];
    count++;
    if (!isSame(verdict, other)) byPixels.push(row(file, verdict, other));
    if (!isSame(verdict, paged)) byFile.push(row(file, verdict, paged));
    if (verdict.outcome === paged.outcome) sameReasons++;
  }
  await page.close();
}
await first.close();
await second.close();

const same = 1 - byFile.length / count;
process.stdout.write(
  `${count} pictures\n\n${table(
    ['network', 'numbers apart, at most'],
    Object.entries(furthest).map(([name, apart]) => [name, apart.toExponential(1)]),
  )}\nThe same pixels: ${byPixels.length} other verdicts.\n${byPixels.join('')}` +
    `The same file: ${(100 * same).toFixed(2)} % have the same verdict, ${((100 * sameReasons) / count).toFixed(2)} % the same reason too.\n${byFile.join('')}`,
);
const isKept =
  byPixels.length === 0 && same >= LEAST_SAME && Math.max(...Object.values(furthest)) <= MOST_APART;
process.exitCode = isKept ? 0 : 1;

function row(file: string, a: Verdict, b: Verdict): string {
  return `  ${file}: ${a.outcome}, and ${b.outcome} (${describeDifference(a, b)})\n`;
}

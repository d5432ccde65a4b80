/**
 * Which share of labelled pictures each generator takes, as `docs/presets.md` tells it:
 * `npm run bench:presets`, or `npx tsx bench/presets.ts labels.tsv …`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseManifest } from '../src/evaluation/manifest.ts';

/** What `bench/presets.json` holds: how many pictures there were, and how many of them each generator takes. */
export interface Shares {
  readonly usable: number;
  readonly refused: number;
  readonly passed: Readonly<Record<string, { readonly usable: number; readonly refused: number }>>;
}

interface Row {
  readonly file: string;
  readonly for?: Readonly<Record<string, { readonly pass: boolean }>>;
}

const PROGRAM = fileURLToPath(new URL('../bin/liveportrait-detect.js', import.meta.url));
const RESULT = new URL('presets.json', import.meta.url);
/** Some pictures cannot be inspected, which is no fault of this program. */
const EXPECTED_CODES = [0, 1, 3];
/** Arguments of one call: systems limit them. */
const FILES_A_CALL = 500;

async function check(files: readonly string[], folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < files.length; from += FILES_A_CALL) {
    const output = join(folder, `${from}.ndjson`);
    const some = files.slice(from, from + FILES_A_CALL);
    const args = [PROGRAM, 'check', '--for', 'all', '--json', '-o', output, ...some];
    await promisify(execFile)(process.execPath, args).catch(({ code, stderr }) => {
      if (!EXPECTED_CODES.includes(code)) throw new Error(`check ended with ${code}: ${stderr}`);
    });
    const text = await readFile(output, 'utf8');
    rows.push(
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  }
  return rows;
}

async function measure(manifests: readonly string[]): Promise<Shares> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-presets-'));
  try {
    const expected = new Map<string, string>();
    for (const manifest of manifests) {
      for (const label of parseManifest(await readFile(manifest, 'utf8'))) {
        expected.set(join(dirname(manifest), label.file), label.expected);
      }
    }
    const totals = { usable: 0, refused: 0 };
    const passed: Record<string, { usable: number; refused: number }> = {};
    for (const row of await check([...expected.keys()], folder)) {
      const label = expected.get(row.file);
      if (label === 'either' || row.for === undefined) continue;
      const kind = label === 'pass' ? 'usable' : 'refused';
      totals[kind]++;
      for (const [name, { pass }] of Object.entries(row.for)) {
        passed[name] ??= { usable: 0, refused: 0 };
        if (pass) passed[name][kind]++;
      }
    }
    return { ...totals, passed };
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(RESULT, `${JSON.stringify(await measure(process.argv.slice(2)), null, 2)}\n`);
}

/** `evaluate`: how often the verdict is right on pictures that people labelled. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_POLICY } from '../checks/policy.ts';
import { type Floor, holdAgainst, parseFloors } from '../evaluation/floor.ts';
import { type Label, parseManifest } from '../evaluation/manifest.ts';
import { evaluationReport, type Misjudged } from '../evaluation/report.ts';
import { curves, sweep } from '../evaluation/sweep.ts';
import { isMisjudged, type Judged, tally } from '../evaluation/tally.ts';
import { thumbnail } from '../report/thumbnail.ts';
import { DetectError } from '../wire/errors.ts';
import { toJobs } from './check.ts';
import { columns } from './columns.ts';
import { type CliContext, EXIT, tellError, write } from './context.ts';
import { evaluationJson, evaluationText } from './evaluation-format.ts';
import { readPicture } from './files.ts';
import { outcomeOf, reasonOf } from './format.ts';
import { openOutput } from './output.ts';
import { readPolicyFile } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { inspectPictures, type Row } from './run.ts';

interface EvaluateOptions {
  readonly json?: true;
  readonly policy?: string;
  readonly jobs?: number;
  readonly floor?: string;
  readonly report?: string;
  readonly sweep?: number;
  readonly by?: readonly string[];
}

/** Adds the command `evaluate`. */
export function registerEvaluate(program: Command, context: CliContext): void {
  program
    .command('evaluate')
    .description('run a labelled set of pictures and say how many were judged as expected')
    .argument(
      '<manifest>',
      'tab-separated: file, expected (pass, fail, either), group, reason; a head line first',
    )
    .option('--json', 'print JSON: the table and every misjudged picture')
    .option('--policy <file>', 'limits that differ from the defaults, as JSON')
    .option('--jobs <n>', 'pictures at once (default: one more than there are cores)', toJobs)
    .option(
      '--floor <file>',
      'end with exit code 1 where a share lies below this file (see docs/evaluate.md)',
    )
    .option('--report <file>', 'write one HTML file: rates, confusions, curves, and every misjudged picture')
    .option('--sweep <percent>', 'propose limits that refuse at most so many usable pictures', toShare)
    .option('--by <columns>', 'columns to count by (default: group, and kind where there is one)', toColumns)
    .action((manifest: string, options: EvaluateOptions) => evaluate(context, manifest, options));
}

async function evaluate(context: CliContext, manifest: string, options: EvaluateOptions): Promise<void> {
  try {
    const policy = await readPolicyFile(options.policy);
    const labels = parseManifest(await readText(manifest, 'manifest'));
    const by = columnsToCountBy(labels, options.by);
    const floors = options.floor === undefined ? [] : parseFloors(await readText(options.floor, 'floor'));
    const folder = dirname(manifest);
    const judged: Judged[] = [];
    const progress = createProgress(context.stderr, labels.length);
    const rows = inspectPictures({
      pictures: labels.map(({ file }) => ({ file, name: file })),
      read: (file) => readPicture(join(folder, file), context.stdin),
      policy,
      jobs: options.jobs,
      keepsBytes: options.report !== undefined,
    });
    const misjudged: Misjudged[] = [];
    for await (const row of rows) {
      const item = judge(labels[judged.length], row);
      judged.push(item);
      if (isMisjudged(item)) misjudged.push(await describeMisjudged(item, row));
      progress.step();
    }
    progress.end();
    const table = tally(judged, by);
    const limits = curves(judged, { ...DEFAULT_POLICY, ...policy });
    const proposals = options.sweep === undefined ? [] : sweep(limits, options.sweep);
    const result = { table, misjudged, proposals };
    await write(context.stdout, options.json ? evaluationJson(result) : evaluationText(result));
    if (options.report !== undefined) {
      const output = await openOutput(context, options.report);
      const title = `Evaluation of ${basename(manifest)}`;
      await output.write(evaluationReport({ title, judged, table, curves: limits, misjudged }));
      await output.close();
    }
    context.setExitCode(isAbove(context, floors, judged) ? EXIT.pass : EXIT.fail);
  } catch (error) {
    tellError(context, error, EXIT.usage);
  }
}

async function readText(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DetectError('file.unreadable', `The ${what} ${path} cannot be read.`, { cause });
  });
}

function judge(label: Label, row: Row): Judged {
  const checks = row.inspection?.checks ?? [];
  const values = Object.fromEntries(checks.map(({ id, value }) => [id, value]));
  return { ...label, outcome: outcomeOf(row), token: reasonOf(row), values };
}

async function describeMisjudged(item: Judged, { inspection, bytes }: Row): Promise<Misjudged> {
  const picture = inspection && bytes ? await thumbnail(bytes, inspection.image).catch(() => null) : null;
  return { ...item, thumbnail: picture, checks: inspection?.checks ?? [] };
}

/** Tells how each floor was held. */
function isAbove({ stderr }: CliContext, floors: readonly Floor[], judged: readonly Judged[]): boolean {
  const held = floors.map((floor) => ({ floor, ...holdAgainst(floor, judged) }));
  const lines = held.map(({ floor, share, total, isHeld }) => [
    isHeld ? 'held' : 'BELOW',
    floor.name,
    `${(share * 100).toFixed(1)} %`,
    `of ${total}`,
    `${(floor.share * 100).toFixed(1)} % wanted`,
  ]);
  stderr.write(columns(lines));
  return held.every(({ isHeld }) => isHeld);
}

/** The columns to count by that the manifest has; those that were asked for must be there. */
function columnsToCountBy(
  [first]: readonly Label[],
  asked: readonly string[] | undefined,
): readonly string[] {
  const known = Object.keys(first?.columns ?? {});
  const missing = asked?.find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw new DetectError(
      'manifest.invalid',
      `The manifest has no column ${JSON.stringify(missing)}; there are: ${known.join(', ')}.`,
    );
  }
  return (asked ?? ['group', 'kind']).filter((name) => known.includes(name));
}

function toColumns(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** A percentage as a share, 0 to 1. */
function toShare(text: string): number {
  const percent = Number(text);
  if (text.trim() === '' || !(percent >= 0 && percent <= 100)) {
    throw new InvalidArgumentError('A number from 0 to 100 is needed.');
  }
  return percent / 100;
}

/** `evaluate`: how often the verdict is right on pictures that people labelled. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { type Floor, holdAgainst, parseFloors } from '../evaluation/floor.ts';
import { parseManifest } from '../evaluation/manifest.ts';
import { isMisjudged, type Judged, shareRight, type TallyRow, tally } from '../evaluation/tally.ts';
import { DetectError } from '../wire/errors.ts';
import { toJobs } from './check.ts';
import { columns } from './columns.ts';
import { type CliContext, EXIT, tellError, write } from './context.ts';
import { readPicture } from './files.ts';
import { outcomeOf, reasonOf } from './format.ts';
import { readPolicyFile } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { inspectPictures } from './run.ts';

interface EvaluateOptions {
  readonly json?: true;
  readonly policy?: string;
  readonly jobs?: number;
  readonly floor?: string;
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
    .option('--jobs <n>', 'pictures at once (default: as many as there are cores)', toJobs)
    .option(
      '--floor <file>',
      'end with exit code 1 where a share lies below this file (see docs/evaluate.md)',
    )
    .action((manifest: string, options: EvaluateOptions) => evaluate(context, manifest, options));
}

async function evaluate(context: CliContext, manifest: string, options: EvaluateOptions): Promise<void> {
  try {
    const policy = await readPolicyFile(options.policy);
    const labels = parseManifest(await readText(manifest, 'manifest'));
    const floors = options.floor === undefined ? [] : parseFloors(await readText(options.floor, 'floor'));
    const folder = dirname(manifest);
    const judged: Judged[] = [];
    const progress = createProgress(context.stderr, labels.length);
    const rows = inspectPictures({
      pictures: labels.map(({ file }) => ({ file, name: file })),
      read: (file) => readPicture(join(folder, file), context.stdin),
      policy,
      jobs: options.jobs,
    });
    for await (const row of rows) {
      judged.push({ ...labels[judged.length], outcome: outcomeOf(row), token: reasonOf(row) });
      progress.step();
    }
    progress.end();
    const table = tally(judged);
    const misjudged = judged.filter(isMisjudged);
    await write(context.stdout, options.json ? toJson(table, misjudged) : toText(table, misjudged));
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

function toJson(table: readonly TallyRow[], misjudged: readonly Judged[]): string {
  const rows = table.map((row) => ({ ...row, right: shareRight(row) }));
  return `${JSON.stringify({ groups: rows, misjudged }, null, 2)}\n`;
}

function toText(table: readonly TallyRow[], misjudged: readonly Judged[]): string {
  const head = ['GROUP', 'EXPECTED', 'REASON', 'PICTURES', 'PASSED', 'FAILED', 'UNREAD', 'RIGHT', 'WHY'];
  const lines = table.map((row) => {
    const right = shareRight(row);
    return [
      row.group,
      row.expected,
      row.reason || '–',
      ...[row.total, row.passed, row.failed, row.unread].map(String),
      right === null ? '–' : `${(right * 100).toFixed(1)} %`,
      Object.entries(row.tokens)
        .sort(([, a], [, b]) => b - a)
        .map(([token, count]) => `${token} ${count}`)
        .join(', '),
    ];
  });
  const wrong = misjudged.map(({ file, expected, outcome, token }) => [
    file,
    `expected ${expected}`,
    `got ${outcome}`,
    token,
  ]);
  return `${columns([head, ...lines])}\n${misjudged.length} misjudged\n${columns(wrong)}`;
}

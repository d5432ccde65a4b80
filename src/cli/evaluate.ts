/** `evaluate`: how often the verdict is right on pictures that people labelled. */
import { basename, dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { parsePolicy } from '../core/checks/policy.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { type Floor, holdAgainst, parseFloors } from '../evaluation/floor.ts';
import { type Label, parseManifest } from '../evaluation/manifest.ts';
import { percent } from '../evaluation/numbers.ts';
import { evaluationReport, type Misjudged } from '../evaluation/report.ts';
import { curves, sweep } from '../evaluation/sweep.ts';
import { isMisjudged, type Judged, tally } from '../evaluation/tally.ts';
import { type EngineName, engineOf } from '../node/engine.ts';
import { thumbnail } from '../report/thumbnail.ts';
import { columns } from './columns.ts';
import { type CliContext, EXIT, note, type Speech, tell, write } from './context.ts';
import { evaluationJson, evaluationText } from './evaluation-format.ts';
import { readPicture } from './files.ts';
import { adviceOf, outcomeOf, reasonOf } from './format.ts';
import { Inputs } from './inputs.ts';
import { onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor, loadWidthOf } from './layout.ts';
import { toJobs } from './option-values.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { readPolicy } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { readText } from './read-file.ts';
import { inspectPictures, type Row } from './run.ts';
import { visible } from './visible.ts';
import { openWhole } from './whole-file.ts';

/** Longest manifest in bytes: half a million lines of 128 characters. */
const MAX_BYTES = 64 * 2 ** 20;

interface EvaluateOptions {
  readonly format: FormatName;
  readonly quiet?: true;
  readonly policy?: string;
  readonly for?: string;
  readonly jobs?: number;
  readonly floor?: string;
  readonly report?: string;
  readonly sweep?: number;
  readonly by?: readonly string[];
}

/** Adds the command `evaluate`. */
export function registerEvaluate(program: Command, context: CliContext): void {
  const { help } = context.words;
  addFormat(program.command('evaluate'), ['table', 'json'], context)
    .description(help.commands.evaluate)
    .argument('<manifest>', help.manifest)
    .option('--json', help.evaluateJson)
    .option('--for <name>', help.for)
    .option('--policy <file>', help.policy)
    .option('-q, --quiet', help.quiet)
    .option('--jobs <n>', help.jobs, toJobs(context))
    .option('--floor <file>', help.floor)
    .option('--report <file>', help.evaluateReport)
    .option('--sweep <percent>', help.sweep, toShare(context))
    .option('--by <columns>', help.by, toColumns)
    .action((manifest: string, options: EvaluateOptions) =>
      evaluate({ ...context, isQuiet: options.quiet === true }, manifest, options),
    );
}

async function evaluate(context: CliContext, manifest: string, options: EvaluateOptions): Promise<void> {
  const interrupt = onInterrupt();
  const { evaluate: words } = context.words;
  try {
    const policy = await readPolicy(options);
    const labels = parseManifest(await readText(manifest, 'manifest', MAX_BYTES));
    const by = columnsToCountBy(labels, options.by);
    const floors =
      options.floor === undefined ? [] : parseFloors(await readText(options.floor, 'floor', MAX_BYTES));
    const folder = dirname(manifest);
    if (options.report !== undefined) {
      const read = [manifest, options.floor, options.policy, ...labels.map(({ file }) => join(folder, file))];
      await new Inputs(read.filter((file) => file !== undefined)).spare(options.report);
    }
    const judged: Judged[] = [];
    const rows = inspectPictures({
      context,
      pictures: labels.map(({ file }) => ({ file, name: file })),
      read: (file) => readPicture(join(folder, file), context.stdin),
      signal: interrupt.signal,
      policy,
      jobs: options.jobs,
      keepsBytes: options.report !== undefined,
    });
    const misjudged: Misjudged[] = [];
    let unread = 0;
    const progress = createProgress(context, labels.length, { signal: interrupt.signal });
    try {
      for await (const row of rows) {
        if (row.error && !isAboutPicture(row.error)) {
          unread++;
          await progress.above(() => tellUnread(context, row));
        } else {
          const item = judge(labels[judged.length + unread], row);
          judged.push(item);
          if (isMisjudged(item)) misjudged.push(await describeMisjudged(item, row, engineOf(context.env)));
        }
        progress.step();
      }
    } finally {
      progress.end();
    }
    if (interrupt.signal.aborted) {
      await note(context, words.stopped(judged.length + unread, labels.length));
      return context.setExitCode(interrupt.exitCode);
    }
    const table = tally(judged, by);
    const limits = curves(judged, parsePolicy(policy, ADVISORY));
    const proposals = options.sweep === undefined ? [] : sweep(limits, options.sweep);
    const result = { table, misjudged, proposals };
    const layout = await layoutFor(context.stdout);
    if (!context.isQuiet) {
      const isJson = options.format === 'json';
      const text = isJson ? evaluationJson(result) : await evaluationText(result, layout, context);
      await write(context.stdout, text);
    }
    if (options.report !== undefined) {
      const output = await openWhole(context, options.report);
      const report = { manifest: basename(manifest), language: context.language };
      await output.write(evaluationReport({ ...report, judged, table, curves: limits, misjudged }));
      await output.close();
    }
    const isHeld = await isAbove(context, floors, judged);
    if (unread > 0) await tell(context, words.unread(unread));
    context.setExitCode(unread > 0 ? EXIT.failed : isHeld ? EXIT.pass : EXIT.fail);
  } catch (error) {
    await tellFailure(context, error, interrupt, EXIT.usage);
  } finally {
    interrupt.dispose();
  }
}

/** Whether an error is an answer, as is a refusal for a picture of a foreign format, or there was none. */
function isAboutPicture({ code }: DetectError): boolean {
  return code.startsWith('image.');
}

async function tellUnread(context: CliContext, row: Row): Promise<void> {
  await tell(
    context,
    `${context.words.check.outcomes.error}  ${visible(row.file)}  ${reasonOf(row)}  ${visible(adviceOf(row, context))}`,
  );
}

function judge(label: Label, row: Row): Judged {
  const checks = row.inspection?.checks ?? [];
  const values = Object.fromEntries(checks.map(({ id, value }) => [id, value]));
  const { class: name, regions } = row.inspection?.subject?.cover ?? {};
  const cover = name && regions ? { class: name, regions } : null;
  return { ...label, outcome: outcomeOf(row), token: reasonOf(row), cover, values };
}

async function describeMisjudged(
  item: Judged,
  { inspection, bytes }: Row,
  engine: EngineName | undefined,
): Promise<Misjudged> {
  const picture =
    inspection && bytes ? await thumbnail(bytes, inspection.image, engine).catch(() => null) : null;
  return { ...item, thumbnail: picture, checks: inspection?.checks ?? [] };
}

/** Tells how each floor was held. */
async function isAbove(
  context: CliContext,
  floors: readonly Floor[],
  judged: readonly Judged[],
): Promise<boolean> {
  const { evaluate: words } = context.words;
  const held = floors.map((floor) => ({ floor, ...holdAgainst(floor, judged) }));
  const told = context.isQuiet ? held.filter(({ isHeld }) => !isHeld) : held;
  const lines = told.map(({ floor, share, total, isHeld }) => [
    isHeld ? words.held : words.below,
    visible(floor.name),
    ...(total === 0 ? ['–', words.noneMatches] : [percent(share), words.of(total)]),
    words.wanted(percent(floor.share)),
  ]);
  if (lines.length > 0) await tell(context, columns(lines, await loadWidthOf()).trimEnd());
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
      fill(COMMAND_DETAILS.manifestColumns, { name: JSON.stringify(missing), names: known.join(', ') }),
    );
  }
  return (asked ?? ['group', 'kind']).filter((name) => known.includes(name));
}

function toColumns(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** A percentage as a share, 0 to 1. */
function toShare({ words }: Speech): (text: string) => number {
  return (text) => {
    const percentage = Number(text);
    if (text.trim() === '' || !(percentage >= 0 && percentage <= 100)) {
      throw new InvalidArgumentError(words.run.percentage);
    }
    return percentage / 100;
  };
}

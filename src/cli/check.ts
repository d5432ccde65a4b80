/** `check`: what will this picture do as a talking portrait, and why not. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CliContext, EXIT, tellError, write } from './context.ts';
import { listFiles, readPicture } from './files.ts';
import { csvFormat, jsonFormat, type Outcome, outcomeOf, type RowFormat, textFormat } from './format.ts';
import { readPolicyFile } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { inspectFiles } from './run.ts';

interface CheckOptions {
  readonly json?: true;
  readonly csv?: true;
  readonly policy?: string;
  readonly failFast?: true;
  readonly jobs?: number;
}

/** Adds the command `check`. */
export function registerCheck(program: Command, context: CliContext): void {
  program
    .command('check')
    .description('say which pictures will do, why the others will not, and what to do about it')
    .argument('<pictures...>', 'files, folders, glob patterns, or - for a picture on standard input')
    .option('--json', 'print NDJSON: a line a picture with all that was measured')
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .option('--policy <file>', 'limits that differ from the defaults, as JSON (see docs/policy.md)')
    .option('--fail-fast', 'end at the first picture that does not pass')
    .option('--jobs <n>', 'pictures at once (default: as many as there are cores)', toJobs)
    .addHelpText('after', '\nExit code: 0 all pass, 1 one fails, 2 wrong call, 3 one could not be inspected.')
    .action((names: string[], options: CheckOptions) => check(context, names, options));
}

async function check(context: CliContext, names: readonly string[], options: CheckOptions): Promise<void> {
  try {
    const policy = await readPolicyFile(options.policy);
    const files = await listFiles(names);
    const read = (file: string) => readPicture(file, context.stdin);
    const format = chooseFormat(context, options);
    const counts: Record<Outcome, number> = { pass: 0, fail: 0, error: 0 };
    const progress = createProgress(context.stderr, files.length);
    await write(context.stdout, format.head);
    for await (const row of inspectFiles({
      files,
      read,
      policy,
      ...(options.jobs && { jobs: options.jobs }),
    })) {
      const outcome = outcomeOf(row);
      counts[outcome]++;
      await progress.above(() => write(context.stdout, format.row(row)));
      progress.step();
      if (options.failFast && outcome !== 'pass') break;
    }
    progress.end();
    if (files.length > 1) context.stderr.write(summary(counts, files.length));
    context.setExitCode(counts.error > 0 ? EXIT.failed : counts.fail > 0 ? EXIT.fail : EXIT.pass);
  } catch (error) {
    tellError(context, error, EXIT.usage);
  }
}

function chooseFormat({ stdout, env }: CliContext, options: CheckOptions): RowFormat {
  if (options.json) return jsonFormat;
  if (options.csv) return csvFormat;
  return textFormat((stdout as Partial<NodeJS.WriteStream>).isTTY === true && !env.NO_COLOR);
}

function summary({ pass, fail, error }: Record<Outcome, number>, total: number): string {
  const left = total - pass - fail - error;
  const parts = [`${pass} pass`, `${fail} fail`, `${error} could not be inspected`];
  if (left > 0) parts.push(`${left} not looked at`);
  return `${parts.join(', ')}\n`;
}

/** A whole number of threads, 1 to 256. */
export function toJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256) {
    throw new InvalidArgumentError('A whole number from 1 to 256 is needed.');
  }
  return jobs;
}

/** `check`: what will this picture do as a talking portrait, and why not. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DetectError } from '../errors.ts';
import { checkPictures } from './check-pictures.ts';
import { type CliContext, EXIT } from './context.ts';
import { csvFormat, jsonFormat, type RowFormat, textFormat } from './format.ts';
import { ALL, Generators } from './generators.ts';
import { Inputs } from './inputs.ts';
import { onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor, PLAIN } from './layout.ts';
import { openPictures, watchPictures } from './pictures.ts';
import { FOR_HELP, type PolicyFlags, readPolicy } from './policy-file.ts';
import { NOTHING, readPast } from './resume.ts';
import { KEY_VARIABLE, serverOf } from './server.ts';

interface CheckOptions extends PolicyFlags {
  readonly json?: true;
  readonly csv?: true;
  readonly output?: string;
  readonly resume?: string;
  readonly sort?: 'quality';
  readonly urls?: string;
  readonly watch?: true;
  readonly annotate?: string;
  readonly report?: string;
  readonly server?: string;
  readonly key?: string;
  readonly failFast?: true;
  readonly jobs?: number;
}

/** Adds the command `check`. */
export function registerCheck(program: Command, context: CliContext): void {
  program
    .command('check')
    .description('say which pictures will do, why the others will not, and what to do about it')
    .argument('[pictures...]', 'files, folders, glob patterns, addresses, or - for one on standard input')
    .option('--json', 'print NDJSON: a line a picture with all that was measured')
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .option('-o, --output <file>', 'write the results to a file')
    .addOption(
      new Option(
        '--resume <file>',
        'go on where a stopped run ended that wrote NDJSON to this file',
      ).conflicts(['csv', 'output', 'watch', 'report']),
    )
    .addOption(
      new Option('--sort <by>', 'print the rows at the end, the best picture first')
        .choices(['quality'])
        .conflicts(['watch', 'resume']),
    )
    .option('--urls <file>', 'a list of addresses, one a line; - is standard input')
    .option('--watch', 'keep looking at a folder, and check pictures as they come')
    .option('--annotate <folder>', 'write each picture with what was found drawn in')
    .option('--report <file>', 'write a contact sheet: one HTML file with all pictures by reason')
    .option('--for <name>', `${FOR_HELP}; ${ALL} is a column for each`)
    .option('--policy <file>', 'limits that differ from the defaults, as JSON (see docs/policy.md)')
    .option('--server <url>', 'have a service inspect the pictures, and load no models here')
    .option('--key <key>', `an API key of that service (${KEY_VARIABLE})`)
    .option('--fail-fast', 'end at the first picture that does not pass')
    .option('--jobs <n>', 'pictures at once (default: one more than there are cores)', toJobs)
    .addHelpText('after', '\nExit code: 0 all pass, 1 one fails, 2 wrong call, 3 one could not be inspected.')
    .action((names: string[], options: CheckOptions) => check(context, names, options));
}

async function check(context: CliContext, names: readonly string[], options: CheckOptions): Promise<void> {
  const interrupt = onInterrupt();
  try {
    const isForAll = options.for === ALL;
    const overrides = await readPolicy(isForAll ? { policy: options.policy } : options);
    const generators = isForAll ? new Generators(overrides) : undefined;
    // They are judged here, out of what was measured.
    const policy = isForAll ? {} : overrides;
    const { urls, policy: policyFile, annotate, output, report } = options;
    if (output !== undefined && report !== undefined && resolve(output) === resolve(report)) {
      throw new DetectError('option.invalid', 'The results and the report need a file each.');
    }
    if (isForAll && report !== undefined) {
      throw new DetectError('option.invalid', `A report is for one generator: name it in place of "${ALL}".`);
    }
    const except = annotate === undefined ? [] : [annotate];
    const find = { signal: interrupt.signal, urlList: urls, except };
    const pictures = options.watch
      ? await watchPictures(context, names, find)
      : await openPictures(context, names, find);
    try {
      const past = options.resume === undefined ? NOTHING : await readPast(options.resume);
      const server =
        options.server === undefined ? undefined : serverOf(context, options.server, options.key);
      const listed = 'length' in pictures.list ? pictures.list.map(({ file }) => file) : [];
      const inputs = new Inputs([...listed, ...[urls, policyFile].filter((file) => file !== undefined)]);
      const run = { pictures, inputs, past, policy, server, interrupt };
      await checkPictures(context, run, {
        ...options,
        format: await chooseFormat(context, options, generators),
      });
    } finally {
      await pictures.close();
    }
  } catch (error) {
    await tellFailure(context, error, interrupt, EXIT.usage);
  } finally {
    interrupt.dispose();
  }
}

async function chooseFormat(
  { stdout, env }: CliContext,
  options: CheckOptions,
  generators: Generators | undefined,
): Promise<RowFormat> {
  if (options.json || options.resume !== undefined) return generators?.json() ?? jsonFormat;
  if (options.csv) return generators?.csv() ?? csvFormat;
  const { isTTY: isTerminal = false, columns = 0 } = stdout as Partial<NodeJS.WriteStream>;
  const isFile = options.output !== undefined;
  const width = isTerminal && !isFile && columns > 0 ? columns : Number.POSITIVE_INFINITY;
  if (generators) return generators.text(isFile ? PLAIN : await layoutFor(stdout), width);
  const isSorted = options.sort !== undefined;
  if (isFile) return textFormat(PLAIN, { isSorted });
  const isColored = isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
  return textFormat(await layoutFor(stdout), { isColored, isSorted });
}

/** A whole number of threads, 1 to 256. */
export function toJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256) {
    throw new InvalidArgumentError('A whole number from 1 to 256 is needed.');
  }
  return jobs;
}

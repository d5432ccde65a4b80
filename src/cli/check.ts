/** `check`: what will this picture do as a talking portrait, and why not. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { checkPictures } from './check-pictures.ts';
import { paintFor } from './color.ts';
import { type CliContext, EXIT } from './context.ts';
import { csvFormat, jsonFormat, type RowFormat, textFormat } from './format.ts';
import { ALL, Generators } from './generators.ts';
import { Inputs } from './inputs.ts';
import { onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor, PLAIN } from './layout.ts';
import { toJobs } from './option-values.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { openPictures, watchPictures } from './pictures.ts';
import { type PolicyFlags, readPolicy } from './policy-file.ts';
import { NOTHING, readPast } from './resume.ts';
import { KEY_VARIABLE, serverOf } from './server.ts';

interface CheckOptions extends PolicyFlags {
  readonly format: FormatName;
  readonly quiet?: true;
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
  const { help } = context.words;
  addFormat(program.command('check'), ['table', 'json', 'csv', 'html'], context)
    .description(help.commands.check)
    .argument('[pictures...]', help.pictures)
    .option('--json', help.json)
    .option('--csv', help.csv)
    .option('-o, --output <file>', help.output)
    .addOption(new Option('--resume <file>', help.resume).conflicts(['output', 'watch', 'report']))
    .addOption(new Option('--sort <by>', help.sort).choices(['quality']).conflicts(['watch', 'resume']))
    .option('--urls <file>', help.urls)
    .option('--watch', help.watch)
    .option('--annotate <folder>', help.annotate)
    .option('--report <file>', help.report)
    .option('--for <name>', `${help.for}${help.forAll(ALL)}`)
    .option('--policy <file>', help.policy)
    .option('--server <url>', help.server)
    .option('--key <key>', help.key(KEY_VARIABLE))
    .option('--fail-fast', help.failFast)
    .option('-q, --quiet', help.quiet)
    .option('--jobs <n>', help.jobs, toJobs(context))
    .addHelpText('after', help.afterCheck)
    .action((names: string[], options: CheckOptions) =>
      check({ ...context, isQuiet: options.quiet === true }, names, options),
    );
}

async function check(context: CliContext, names: readonly string[], options: CheckOptions): Promise<void> {
  const interrupt = onInterrupt();
  try {
    const isForAll = options.for === ALL;
    const overrides = await readPolicy(isForAll ? { policy: options.policy } : options);
    const generators = isForAll ? new Generators(overrides, context) : undefined;
    // They are judged here, out of what was measured.
    const policy = isForAll ? {} : overrides;
    const { urls, policy: policyFile, annotate, output } = options;
    const isSheet = options.format === 'html';
    const { report } = options;
    if (isSheet && (report !== undefined || options.sort !== undefined)) {
      throw new DetectError('call.invalid', COMMAND_DETAILS.reportSorts);
    }
    if (output !== undefined && report !== undefined && resolve(output) === resolve(report)) {
      throw new DetectError('call.invalid', COMMAND_DETAILS.ownFiles);
    }
    if (isForAll && (isSheet || report !== undefined)) {
      throw new DetectError('call.invalid', fill(COMMAND_DETAILS.oneGenerator, { all: ALL }));
    }
    const except = annotate === undefined ? [] : [annotate];
    const find = { signal: interrupt.signal, urlList: urls, except };
    const pictures = options.watch
      ? await watchPictures(context, names, find)
      : await openPictures(context, names, find);
    try {
      const listed = 'length' in pictures.list ? pictures.list.map(({ file }) => file) : [];
      const past = options.resume === undefined ? NOTHING : await readPast(options.resume, listed);
      const server =
        options.server === undefined ? undefined : serverOf(context, options.server, options.key);
      const inputs = new Inputs([...listed, ...[urls, policyFile].filter((file) => file !== undefined)]);
      const run = { pictures, inputs, past, policy, server, interrupt };
      await checkPictures(context, run, {
        ...options,
        format: isSheet ? null : await chooseFormat(context, options, generators, listed),
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
  context: CliContext,
  options: CheckOptions,
  generators: Generators | undefined,
  files: readonly string[],
): Promise<RowFormat> {
  const { stdout, env } = context;
  if (options.format === 'json') return generators?.json() ?? jsonFormat(context);
  if (options.format === 'csv') return generators?.csv() ?? csvFormat(context);
  const { isTTY: isTerminal = false, columns = 0 } = stdout as Partial<NodeJS.WriteStream>;
  const isFile = options.output !== undefined;
  const width = isTerminal && !isFile && columns > 0 ? columns : Number.POSITIVE_INFINITY;
  if (generators) return generators.text(isFile ? PLAIN : await layoutFor(stdout), width);
  const isSorted = options.sort !== undefined;
  if (isFile) return textFormat(PLAIN, context, { isSorted });
  const paint = paintFor(stdout, env);
  return textFormat(await layoutFor(stdout), context, { paint, isSorted, files });
}

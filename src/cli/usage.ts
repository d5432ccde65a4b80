/** `usage`: the books, a line for each key, day and verdict. */
import { type Command, InvalidArgumentError } from 'commander';
import { findKey } from '../store/find-key.ts';
import type { UsageRow } from '../store/store.ts';
import { type CliContext, type Speech, tell } from './context.ts';
import { layoutFor, PLAIN } from './layout.ts';
import { csvMark, type Output } from './output.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { dataDirOption, type StoreOptions, withStore } from './store-command.ts';
import { openWhole } from './whole-file.ts';

interface UsageOptions extends StoreOptions {
  readonly key?: string;
  readonly since?: string;
  readonly output?: string;
  readonly format: FormatName;
}

/** Adds the command `usage`. */
export function registerUsage(program: Command, context: CliContext): void {
  const { help } = context.words;
  addFormat(dataDirOption(program.command('usage'), context), ['table', 'json', 'csv'], context)
    .description(help.commands.usage)
    .option('--key <key>', help.onlyKey)
    .option('--since <day>', help.since, toDay(context))
    .option('--csv', help.usageCsv)
    .option('--json', help.printJson)
    .option('-o, --output <file>', help.output)
    .action((options: UsageOptions) => usage(context, options));
}

async function usage(context: CliContext, options: UsageOptions): Promise<void> {
  await withStore(context, options, async (store) => {
    const keyId = options.key === undefined ? undefined : findKey(await store.listKeys(), options.key).id;
    const rows = await store.usage({
      ...(keyId !== undefined && { keyId }),
      ...(options.since !== undefined && { since: options.since }),
    });
    const output = await openWhole(context, options.output);
    try {
      await print(context, output, rows, options);
    } finally {
      await output.close();
    }
  });
}

async function print(
  context: CliContext,
  output: Output,
  rows: readonly UsageRow[],
  { format, output: file }: UsageOptions,
): Promise<void> {
  const { keys: words } = context.words;
  if (format === 'json') return output.write(`${JSON.stringify(rows)}\n`);
  if (format === 'csv') return output.write(csvMark(output) + toCsv(rows));
  const { table } = file === undefined ? await layoutFor(context.stdout) : PLAIN;
  if (rows.length > 0) await output.write(await table([words.usageHead, ...toTable(rows)]));
  await tell(context, words.images(rows.reduce((sum, { count }) => sum + count, 0)));
}

/** Nothing is quoted: neither ids nor names (see `new-key.ts`) can hold a comma, a quote or a line end. */
function toCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ day, keyId, keyName, verdict, count }) => [day, keyId, keyName, verdict, count]);
  return [['day', 'key_id', 'key_name', 'verdict', 'images'], ...lines].map((line) => `${line}\n`).join('');
}

function toTable(rows: readonly UsageRow[]): string[][] {
  return rows.map(({ day, keyId, keyName, verdict, count }) => [day, keyName, keyId, verdict, String(count)]);
}

function toDay({ words }: Speech): (text: string) => string {
  return (text) => {
    const date = new Date(`${text}T00:00:00Z`);
    if (
      !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
      Number.isNaN(date.getTime()) ||
      !date.toISOString().startsWith(text)
    ) {
      throw new InvalidArgumentError(words.run.day);
    }
    return text;
  };
}

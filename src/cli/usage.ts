/** `usage`: the books, a line for each key, day and verdict. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { findKey } from '../store/find-key.ts';
import type { UsageRow } from '../store/store.ts';
import { type CliContext, tell, write } from './context.ts';
import { layoutFor } from './layout.ts';
import { dataDirOption, type StoreOptions, withStore } from './store-command.ts';

interface UsageOptions extends StoreOptions {
  readonly key?: string;
  readonly since?: string;
  readonly csv?: true;
  readonly json?: true;
}

/** Adds the command `usage`. */
export function registerUsage(program: Command, context: CliContext): void {
  dataDirOption(program.command('usage'))
    .description('show how many images were answered, by UTC day, key and verdict')
    .option('--key <key>', 'only this one: its name, prefix or id')
    .option('--since <day>', 'from this UTC day on, as in 2026-01-31', toDay)
    .option('--csv', 'print CSV: day, key id, key name, verdict, images')
    .addOption(new Option('--json', 'print JSON').conflicts('csv'))
    .action((options: UsageOptions) => usage(context, options));
}

async function usage(context: CliContext, options: UsageOptions): Promise<void> {
  await withStore(context, options, async (store) => {
    const keyId = options.key === undefined ? undefined : findKey(await store.listKeys(), options.key).id;
    const rows = await store.usage({
      ...(keyId !== undefined && { keyId }),
      ...(options.since !== undefined && { since: options.since }),
    });
    if (options.json) {
      await write(context.stdout, `${JSON.stringify(rows)}\n`);
    } else if (options.csv) {
      await write(context.stdout, toCsv(rows));
    } else {
      if (rows.length > 0)
        await write(context.stdout, (await layoutFor(context.stdout)).table(toTable(rows)));
      await tell(context, `${rows.reduce((sum, { count }) => sum + count, 0)} images`);
    }
  });
}

/** Nothing is quoted: neither ids nor names (see `new-key.ts`) can hold a comma, a quote or a line end. */
function toCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ day, keyId, keyName, verdict, count }) => [day, keyId, keyName, verdict, count]);
  return [['day', 'key_id', 'key_name', 'verdict', 'images'], ...lines].map((line) => `${line}\n`).join('');
}

function toTable(rows: readonly UsageRow[]): string[][] {
  const lines = rows.map(({ day, keyId, keyName, verdict, count }) => [
    day,
    keyName,
    keyId,
    verdict,
    String(count),
  ]);
  return [['DAY', 'NAME', 'ID', 'VERDICT', 'IMAGES'], ...lines];
}

function toDay(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(date.getTime()) ||
    !date.toISOString().startsWith(text)
  ) {
    throw new InvalidArgumentError('A day like 2026-01-31 is needed.');
  }
  return text;
}

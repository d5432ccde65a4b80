/** `keys create | list | show | revoke`: the API keys of the service. */
import { type Command, InvalidArgumentError } from 'commander';
import { findKey } from '../store/find-key.ts';
import { DEFAULT_MODELS, DEFAULT_QPS, newKey } from '../store/new-key.ts';
import type { ApiKey, Store, UsageRow } from '../store/store.ts';
import { type CliContext, tell, write } from './context.ts';
import { layoutFor } from './layout.ts';
import { readSecret } from './read-secret.ts';
import { dataDirOption, type StoreOptions, withStore } from './store-command.ts';

interface JsonOption extends StoreOptions {
  readonly json?: true;
}

interface CreateOptions extends JsonOption {
  readonly name: string;
  readonly qps: number;
  readonly quota?: number;
  readonly models: string[];
  readonly secretStdin?: true;
}

/** Adds the command `keys` and its subcommands. */
export function registerKeys(program: Command, context: CliContext): void {
  const keys = program.command('keys').description('make, list and revoke the API keys of the service');

  dataDirOption(keys.command('create'))
    .description('make a key and show it, once; a running server knows it within a second')
    .requiredOption('--name <name>', 'what to call it; unique among the keys that are not revoked')
    .option('--qps <n>', 'requests per second', toNumber, DEFAULT_QPS)
    .option('--quota <images>', 'images it may be answered, ever (default: without limit)', toNumber)
    .option('--models <names>', 'models it may use, separated by commas', toList, [...DEFAULT_MODELS])
    .option(
      '--secret-stdin',
      'take the key itself from standard input, to have one key for here and for elsewhere',
    )
    .option('--json', 'print JSON')
    .action((options: CreateOptions) => create(context, options));

  dataDirOption(keys.command('list'))
    .description('list all keys, revoked ones included')
    .option('--json', 'print JSON')
    .action((options: JsonOption) => list(context, options));

  dataDirOption(keys.command('show'))
    .description('show all that is known of a key, and what was answered with it')
    .argument('<key>', 'its name, prefix or id')
    .option('--json', 'print JSON')
    .action((wanted: string, options: JsonOption) => show(context, wanted, options));

  dataDirOption(keys.command('revoke'))
    .description('revoke a key for good; a running server refuses it within a second')
    .argument('<key>', 'its name, prefix or id')
    .action((wanted: string, options: StoreOptions) => revoke(context, wanted, options));
}

async function create(context: CliContext, options: CreateOptions): Promise<void> {
  const { name, qps, quota = null, models } = options;
  await withStore(context, { ...options, make: true }, async (store) => {
    if (options.secretStdin) return adopt(context, options, store);
    const { key, secret } = newKey({ name, qps, quota, models });
    const made = await store.createKey(key);
    try {
      const shown = options.json ? JSON.stringify({ key: secret, ...made }) : secret;
      await write(context.stdout, `${shown}\n`);
    } finally {
      // Also where it could not be shown: it is there, and can be revoked.
      await tell(
        context,
        `This is the key "${made.name}" (id ${made.id}). It is kept as a digest only: it cannot be shown again.`,
      );
    }
  });
}

/** Makes a key of one that was made elsewhere. It is not printed: whoever gave it has it. */
async function adopt(context: CliContext, options: CreateOptions, store: Store): Promise<void> {
  const { name, qps, quota = null, models } = options;
  const made = await store.createKey(
    newKey({ name, qps, quota, models }, await readSecret(context.stdin)).key,
  );
  await write(context.stdout, `${options.json ? JSON.stringify(made) : made.id}\n`);
  await tell(
    context,
    `The key "${made.name}" (id ${made.id}) is good here too. It is kept as a digest only.`,
  );
}

async function list(context: CliContext, options: JsonOption): Promise<void> {
  await withStore(context, options, async (store) => {
    const keys = await store.listKeys();
    if (options.json) {
      await write(context.stdout, `${JSON.stringify(keys)}\n`);
      return;
    }
    if (keys.length === 0) {
      await tell(context, 'There is no key yet: make one with "keys create --name <name>".');
      return;
    }
    const head = ['ID', 'NAME', 'KEY', 'QPS', 'QUOTA', 'MODELS', 'CREATED', 'REVOKED'];
    await write(context.stdout, (await layoutFor(context.stdout)).table([head, ...keys.map(toCells)]));
  });
}

async function show(context: CliContext, wanted: string, options: JsonOption): Promise<void> {
  await withStore(context, options, async (store) => {
    const key = findKey(await store.listKeys(), wanted);
    const answered = totals(await store.usage({ keyId: key.id }));
    if (options.json) {
      await write(context.stdout, `${JSON.stringify({ ...key, usage: answered })}\n`);
      return;
    }
    const { quota } = key;
    const left =
      quota === null ? 'without limit' : `${quota} images, ${Math.max(0, quota - answered.images)} left`;
    await write(
      context.stdout,
      (await layoutFor(context.stdout)).table([
        ['id', key.id],
        ['name', key.name],
        ['key', `${key.prefix}…`],
        ['rate', `${key.qps} requests per second`],
        ['quota', left],
        ['models', key.models.join(', ')],
        ['created', key.createdAt],
        ['revoked', key.revokedAt ?? 'no'],
        ['answered', `${answered.images} images: ${answered.pass} pass, ${answered.fail} fail`],
      ]),
    );
  });
}

async function revoke(context: CliContext, wanted: string, options: StoreOptions): Promise<void> {
  await withStore(context, options, async (store) => {
    const key = findKey(await store.listKeys(), wanted);
    if (key.revokedAt !== null) {
      await tell(context, `The key "${key.name}" (id ${key.id}) was revoked already, at ${key.revokedAt}.`);
      return;
    }
    await store.revokeKey(key.id);
    await tell(context, `The key "${key.name}" (id ${key.id}) is revoked.`);
  });
}

function toCells(key: ApiKey): string[] {
  return [
    key.id,
    key.name,
    `${key.prefix}…`,
    String(key.qps),
    key.quota === null ? '–' : String(key.quota),
    key.models.join(','),
    key.createdAt,
    key.revokedAt ?? '–',
  ];
}

function totals(rows: readonly UsageRow[]): { images: number; pass: number; fail: number } {
  const sum = { images: 0, pass: 0, fail: 0 };
  for (const { verdict, count } of rows) {
    sum.images += count;
    sum[verdict] += count;
  }
  return sum;
}

function toNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('A number is needed.');
  return number;
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

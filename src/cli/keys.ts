/** `keys create | list | show | revoke`: the API keys of the service. */
import { type Command, InvalidArgumentError } from 'commander';
import { expiryOf, isOver } from '../store/expiry.ts';
import { findKey } from '../store/find-key.ts';
import { DEFAULT_MODELS, DEFAULT_QPS, type KeyRequest, newKey } from '../store/new-key.ts';
import type { ApiKey, Store, UsageRow } from '../store/store.ts';
import { MODEL_NAMES } from '../wire/models.ts';
import { type CliContext, type Speech, tell, write } from './context.ts';
import { layoutFor } from './layout.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { readSecret } from './read-secret.ts';
import { dataDirOption, type StoreOptions, withStore } from './store-command.ts';
import type { KeyWords } from './words/words.ts';

interface FormatOption extends StoreOptions {
  readonly format: FormatName;
}

interface CreateOptions extends StoreOptions {
  readonly name: string;
  readonly qps: number;
  readonly quota?: number;
  readonly models: string[];
  readonly expires?: string;
  readonly secretStdin?: true;
  readonly json?: true;
}

/** Adds the command `keys` and its subcommands. */
export function registerKeys(program: Command, context: CliContext): void {
  const { help } = context.words;
  const keys = program.command('keys').description(help.commands.keys);

  const number = toNumber(context);

  dataDirOption(keys.command('create'), context)
    .description(help.commands['keys create'])
    .requiredOption('--name <name>', help.keyName)
    .option('--qps <n>', help.qps, number, DEFAULT_QPS)
    .option('--quota <images>', help.quota, number)
    .option('--models <names>', help.models, toList, [...DEFAULT_MODELS])
    .option('--expires <when>', help.expires)
    .option('--secret-stdin', help.secretStdin)
    .option('--json', help.printJson)
    .action((options: CreateOptions) => create(context, options));

  addFormat(dataDirOption(keys.command('list'), context), ['table', 'json'], context)
    .description(help.commands['keys list'])
    .option('--json', help.printJson)
    .action((options: FormatOption) => list(context, options));

  addFormat(dataDirOption(keys.command('show'), context), ['table', 'json'], context)
    .description(help.commands['keys show'])
    .argument('<key>', help.oneKey)
    .option('--json', help.printJson)
    .action((wanted: string, options: FormatOption) => show(context, wanted, options));

  dataDirOption(keys.command('revoke'), context)
    .description(help.commands['keys revoke'])
    .argument('<key>', help.oneKey)
    .action((wanted: string, options: StoreOptions) => revoke(context, wanted, options));
}

async function create(context: CliContext, options: CreateOptions): Promise<void> {
  const { keys: words } = context.words;
  await withStore(context, { ...options, make: true }, async (store) => {
    if (options.secretStdin) return adopt(context, options, store);
    const { key, secret } = newKey(requestOf(options));
    const made = await store.createKey(key);
    try {
      const shown = options.json ? JSON.stringify({ key: secret, ...made }) : secret;
      await write(context.stdout, `${shown}\n`);
    } finally {
      // Also where it could not be shown: it is there, and can be revoked.
      await tell(context, words.made(made.name, made.id));
    }
    await tellStrange(context, made.models);
  });
}

/** Tells of models that may be misspelt. They are allowed: each process of the service may have names of its own for models. */
async function tellStrange(context: CliContext, models: readonly string[]): Promise<void> {
  for (const name of models.filter((model) => !MODEL_NAMES.includes(model))) {
    await tell(context, context.words.keys.strangeModel(name, MODEL_NAMES.join(', ')));
  }
}

/** What is asked of a new key. */
function requestOf({ name, qps, quota, models, expires }: CreateOptions): KeyRequest {
  const expiresAt = expires === undefined ? null : expiryOf(expires, Date.now());
  return { name, qps, quota: quota ?? null, models, expiresAt };
}

/** Makes a key of one that was made elsewhere. It is not printed: whoever gave it has it. */
async function adopt(context: CliContext, options: CreateOptions, store: Store): Promise<void> {
  const made = await store.createKey(newKey(requestOf(options), await readSecret(context.stdin)).key);
  await write(context.stdout, `${options.json ? JSON.stringify(made) : made.id}\n`);
  await tell(context, context.words.keys.adopted(made.name, made.id));
  await tellStrange(context, made.models);
}

async function list(context: CliContext, options: FormatOption): Promise<void> {
  const { keys: words } = context.words;
  await withStore(context, options, async (store) => {
    const keys = await store.listKeys();
    if (options.format === 'json') {
      await write(context.stdout, `${JSON.stringify(keys)}\n`);
      return;
    }
    if (keys.length === 0) {
      await tell(context, words.none);
      return;
    }
    const { table } = await layoutFor(context.stdout);
    await write(context.stdout, await table([words.head, ...keys.map((key) => toCells(key, words))]));
  });
}

async function show(context: CliContext, wanted: string, options: FormatOption): Promise<void> {
  const { keys: words } = context.words;
  await withStore(context, options, async (store) => {
    const key = findKey(await store.listKeys(), wanted);
    const answered = totals(await store.usage({ keyId: key.id }));
    if (options.format === 'json') {
      await write(context.stdout, `${JSON.stringify({ ...key, usage: answered })}\n`);
      return;
    }
    const { quota } = key;
    const left = quota === null ? words.unlimited : words.quota(quota, Math.max(0, quota - answered.images));
    const values = [
      key.id,
      key.name,
      `${key.prefix}…`,
      words.rate(key.qps),
      left,
      key.models.join(', '),
      key.createdAt,
      key.expiresAt === null ? words.neverExpires : endOf(key.expiresAt, words),
      key.revokedAt ?? words.notRevoked,
      words.answered(answered),
    ];
    const { table } = await layoutFor(context.stdout);
    await write(context.stdout, await table(values.map((value, at) => [words.labels[at] ?? '', value])));
  });
}

async function revoke(context: CliContext, wanted: string, options: StoreOptions): Promise<void> {
  const { keys: words } = context.words;
  await withStore(context, options, async (store) => {
    const key = findKey(await store.listKeys(), wanted);
    if (key.revokedAt !== null) {
      await tell(context, words.revokedBefore(key.name, key.id, key.revokedAt));
      return;
    }
    await store.revokeKey(key.id);
    await tell(context, words.revoked(key.name, key.id));
  });
}

/** When a key ends, with a word where it has. */
function endOf(expiresAt: string, words: KeyWords): string {
  return isOver({ expiresAt }, Date.now()) ? words.over(expiresAt) : expiresAt;
}

function toCells(key: ApiKey, words: KeyWords): string[] {
  return [
    key.id,
    key.name,
    `${key.prefix}…`,
    String(key.qps),
    key.quota === null ? '–' : String(key.quota),
    key.models.join(','),
    key.createdAt,
    key.expiresAt === null ? '–' : endOf(key.expiresAt, words),
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

function toNumber({ words }: Speech): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError(words.run.number);
    return number;
  };
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

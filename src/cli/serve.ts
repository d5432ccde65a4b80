/** `serve`: the service as a process. */
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { OPTIONS, type OptionName, type Options } from '../server/options.ts';
import { PROBE } from '../server/package-files.ts';
import { type Service, startService } from '../server/serve.ts';
import { DEFAULT_DATA_DIR } from '../store/open.ts';
import { DETECT_BASE } from '../wire/paths.ts';
import { type CliContext, tell, write } from './context.ts';
import { openBrowser } from './open-browser.ts';
import { addServiceOptions, type Flags, runService } from './service-command.ts';
import { shellWord } from './shell-word.ts';
import type { ServeWords } from './words/words.ts';

/** Adds the command `serve`. */
export function registerServe(program: Command, context: CliContext): void {
  const command = program.command('serve').description(context.words.help.commands.serve);
  const names = Object.keys(OPTIONS) as OptionName[];
  addServiceOptions(command, names, context)
    .option('--open', context.words.help.open)
    .action(({ open, ...flags }: Flags & { readonly open?: true }) => serve(flags, open === true, context));
}

async function serve(flags: Flags, opens: boolean, context: CliContext): Promise<void> {
  await runService(flags, context, {
    start: startService,
    onStart: async (service, { options, log }) => {
      log.info({ url: service.url, metrics: service.metricsUrl, workers: options.workers }, 'listening');
      await write(context.stderr, welcome(service, options, context.words.serve)).catch(() => undefined);
      if (opens)
        openBrowser(`${service.url}/`, context.env, () => void tell(context, context.words.serve.notOpened));
    },
    ending: 'draining',
  });
}

/** What a person needs to make the first call. */
function welcome({ url, firstKey }: Service, options: Options, words: ServeWords): string {
  const lines = [words.listens(url)];
  if (firstKey.kind === 'given' && firstKey.key.revokedAt !== null) {
    lines.push('', words.bootstrapRevoked);
  }
  if (firstKey.kind === 'made') {
    const header = `-H 'Authorization: Bearer ${firstKey.secret}'`;
    const json = '{"model": "liveportrait-detect", "input": {"image_url": "https://…"}}';
    lines.push(
      '',
      words.firstKey(firstKey.secret),
      '',
      words.pageWithKey,
      '',
      `  ${url}/#key=${firstKey.secret}`,
      '',
      words.tryIt,
      '',
      `  curl ${header} -H 'Content-Type: image/jpeg' --data-binary ${shellWord(`@${examplePath()}`)} ${url}/v1/inspect`,
      `  curl ${header} -d '${json}' ${url}${DETECT_BASE}face-detect`,
    );
  }
  if (options.bootstrapKey === undefined) {
    lines.push('', words.moreKeys(storeFlag(options)));
  }
  return `${lines.join('\n')}\n\n`;
}

/** What leads another command to the store of this service, where that is neither the usual one nor PostgreSQL's. */
function storeFlag({ dataDir, databaseUrl }: Options): string {
  const isNamed = databaseUrl === undefined && resolve(dataDir) !== resolve(DEFAULT_DATA_DIR);
  return isNamed ? ` --data-dir ${shellWord(resolve(dataDir))}` : '';
}

/** The example's path, as short as it can be written from here. */
function examplePath(): string {
  const path = fileURLToPath(PROBE);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

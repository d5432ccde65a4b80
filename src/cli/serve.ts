/** `serve`: the service as a process. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { OPTIONS, type OptionName, type Options } from '../server/options.ts';
import { PROBE } from '../server/package-files.ts';
import { type Service, startService } from '../server/serve.ts';
import { DETECT_BASE } from '../wire/paths.ts';
import { type CliContext, write } from './context.ts';
import { addServiceOptions, type Flags, runService } from './service-command.ts';
import type { ServeWords } from './words/words.ts';

/** Adds the command `serve`. */
export function registerServe(program: Command, context: CliContext): void {
  const command = program.command('serve').description(context.words.help.commands.serve);
  const names = Object.keys(OPTIONS) as OptionName[];
  addServiceOptions(command, names, context).action((flags: Flags) => serve(flags, context));
}

async function serve(flags: Flags, context: CliContext): Promise<void> {
  await runService(flags, context, {
    start: startService,
    onStart: async (service, { options, log }) => {
      log.info({ url: service.url, metrics: service.metricsUrl, workers: options.workers }, 'listening');
      await write(context.stderr, welcome(service, options, context.words.serve)).catch(() => undefined);
    },
    ending: 'draining',
  });
}

/** What a person needs to make the first call. */
function welcome({ url, firstKey }: Service, { bootstrapKey }: Options, words: ServeWords): string {
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
      `  curl ${header} -H 'Content-Type: image/jpeg' --data-binary @${examplePath()} ${url}/v1/inspect`,
      `  curl ${header} -d '${json}' ${url}${DETECT_BASE}face-detect`,
    );
  }
  if (bootstrapKey === undefined) {
    lines.push('', words.moreKeys);
  }
  return `${lines.join('\n')}\n\n`;
}

/** The example's path, as short as it can be written from here. */
function examplePath(): string {
  const path = fileURLToPath(PROBE);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

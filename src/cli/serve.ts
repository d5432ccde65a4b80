/** `serve`: the service as a process. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { pino } from 'pino';
import {
  OPTIONS,
  type OptionDeclaration,
  type OptionName,
  type Options,
  resolveOptions,
} from '../server/options.ts';
import { DETECT_PATH } from '../server/routes/detect.ts';
import { PROBE, type Service, startService } from '../server/serve.ts';
import { DetectError, type ErrorCode } from '../wire/errors.ts';
import { type CliContext, EXIT, tellError } from './context.ts';
import { readPolicyFile } from './policy-file.ts';

/** What tells the process to stop. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Errors that the same call would meet again. */
const WRONG_CALLS: ReadonlySet<ErrorCode> = new Set([
  'option.invalid',
  'policy.invalid',
  'key.input',
  'file.unreadable',
]);

/** Adds the command `serve`. */
export function registerServe(program: Command, context: CliContext): void {
  const command = program.command('serve').description('run the HTTP service');
  const secrets: string[] = [];
  for (const declaration of Object.values<OptionDeclaration<unknown>>(OPTIONS)) {
    const { flag, variable, value, text } = declaration;
    if (flag === null) secrets.push(`  ${variable}  ${text}`);
    else command.addOption(new Option(`--${flag} <${value}>`, `${text} ${defaultText(declaration)}`));
  }
  command.addHelpText('after', `\nBy environment variable only:\n${secrets.join('\n')}`);
  command.action((flags: Partial<Record<OptionName, string>>) => serve(flags, context));
}

function defaultText({ variable, fallback, fallbackText }: OptionDeclaration<unknown>): string {
  const shown = fallbackText ?? fallback;
  return shown === null ? `(${variable})` : `(${variable}; default: ${shown})`;
}

async function serve(flags: Partial<Record<OptionName, string>>, context: CliContext): Promise<void> {
  const stopped = signalled();
  try {
    const options = resolveOptions(flags, context.env);
    const log = pino({ level: options.logLevel, base: null }, context.stdout);
    const policy = await readPolicyFile(options.policy);
    const service = await startService({ options, policy, log });
    log.info({ url: service.url, metrics: service.metricsUrl, workers: options.workers }, 'listening');
    context.stderr.write(welcome(service, options));
    const reason = await Promise.race([stopped, service.extinct.then(() => 'no workers' as const)]);
    log.info({ reason }, 'draining');
    await service.stop();
    log.info('stopped');
    if (reason === 'no workers') context.setExitCode(EXIT.failed);
  } catch (error) {
    const usage = error instanceof DetectError && WRONG_CALLS.has(error.code);
    tellError(context, error, usage ? EXIT.usage : EXIT.failed);
  }
}

/** The first signal to stop. A second one ends the process at once, as it does by default. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      for (const name of SIGNALS) process.off(name, onSignal);
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, onSignal);
  });
}

/** What a person needs to make the first call. */
function welcome({ url, firstKey }: Service, { bootstrapKey }: Options): string {
  const lines = [`liveportrait-detect listens on ${url}; its API is described at ${url}/docs`];
  if (firstKey.kind === 'given' && firstKey.key.revokedAt !== null) {
    lines.push('', 'The key in LPD_BOOTSTRAP_KEY was revoked: set another one.');
  }
  if (firstKey.kind === 'made') {
    const header = `-H 'Authorization: Bearer ${firstKey.secret}'`;
    const json = '{"model": "liveportrait-detect", "input": {"image_url": "https://…"}}';
    lines.push(
      '',
      `The first API key, which is shown only now: ${firstKey.secret}`,
      '',
      'Try it with a picture of yours or this one, or with the address of one:',
      '',
      `  curl ${header} -H 'Content-Type: image/jpeg' --data-binary @${examplePath()} ${url}/v1/inspect`,
      `  curl ${header} -d '${json}' ${url}${DETECT_PATH}`,
    );
  }
  if (bootstrapKey === undefined) {
    lines.push('', 'For more keys: liveportrait-detect keys create --name <name>');
  }
  return `${lines.join('\n')}\n\n`;
}

/** The example's path, as short as it can be written from here. */
function examplePath(): string {
  const path = fileURLToPath(PROBE);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

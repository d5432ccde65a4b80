/** `serve`: the service as a process. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { OPTIONS, type OptionName, type Options, resolveOptions } from '../server/options.ts';
import { PROBE } from '../server/parts.ts';
import { DETECT_PATH } from '../server/routes/detect.ts';
import { type Service, startService } from '../server/serve.ts';
import { type CliContext, EXIT, write } from './context.ts';
import { readPolicyFile } from './policy-file.ts';
import {
  addServiceOptions,
  endInAnyCase,
  type Flags,
  openLog,
  signalled,
  startUnless,
  tellServiceError,
} from './service-command.ts';
import { checkVariables } from './variables.ts';

/** Adds the command `serve`. */
export function registerServe(program: Command, context: CliContext): void {
  const command = program.command('serve').description('run the HTTP service');
  const names = Object.keys(OPTIONS) as OptionName[];
  addServiceOptions(command, names).action((flags: Flags) => serve(flags, context));
}

async function serve(flags: Flags, context: CliContext): Promise<void> {
  const stopped = signalled();
  try {
    await checkVariables(context.env);
    const options = resolveOptions(flags, context.env);
    const log = openLog(context, options.logLevel);
    const policy = await readPolicyFile(options.policy);
    const service = await startUnless(stopped, startService({ options, policy, log }));
    log.info({ url: service.url, metrics: service.metricsUrl, workers: options.workers }, 'listening');
    await write(context.stderr, welcome(service, options)).catch(() => undefined);
    const reason = await Promise.race([stopped, service.extinct.then(() => 'no workers' as const)]);
    log.info({ reason }, 'draining');
    const ended = endInAnyCase(options.drainMs, log);
    await service.stop();
    ended();
    log.info('stopped');
    if (reason === 'no workers') context.setExitCode(EXIT.failed);
  } catch (error) {
    await tellServiceError(context, error);
  }
}

/** What a person needs to make the first call. */
function welcome({ url, firstKey }: Service, { bootstrapKey }: Options): string {
  const lines = [
    `liveportrait-detect listens on ${url}; the page is there, and its API is described at ${url}/docs`,
  ];
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

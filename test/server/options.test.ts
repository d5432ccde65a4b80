import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { registerServe } from '../../src/cli/serve.ts';
import { cliWordsIn } from '../../src/cli/words/catalogue.ts';
import { DetectError } from '../../src/errors.ts';
import { OPTIONS, type OptionName } from '../../src/server/options.ts';
import { resolveOptions } from '../../src/server/resolve-options.ts';
import { optionsMarkdown } from '../../tools/docs/options.ts';

function problem(flags: Partial<Record<OptionName, string>>, env: NodeJS.ProcessEnv): string {
  try {
    resolveOptions(flags, env);
  } catch (error) {
    if (error instanceof DetectError && error.code === 'option.invalid') return error.message;
    throw error;
  }
  return '';
}

describe('resolveOptions', () => {
  it('has a default for all that needs one', () => {
    expect(resolveOptions({}, {})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      deadlineMs: 9_000,
      inspectMs: 4_000,
      corsOrigins: [],
      downloadAllow: '',
      metricsPort: undefined,
      bootstrapKey: undefined,
    });
  });

  it('takes the flag before the variable, and an empty variable for none', () => {
    expect(resolveOptions({}, { PORT: '81' }).port).toBe(81);
    expect(resolveOptions({ port: '82' }, { PORT: '81' }).port).toBe(82);
    expect(resolveOptions({}, { PORT: '' }).port).toBe(8080);
  });

  it('reads lists', () => {
    const env = { LPD_CORS_ORIGINS: ' https://a.example, http://b:81,, * ' };
    expect(resolveOptions({}, env).corsOrigins).toEqual(['https://a.example', 'http://b:81', '*']);
  });

  it('reads names and lists of models', () => {
    const env = {
      LPD_MODEL_NAMES: ' a=emo-detect-v1, b = liveportrait-detect ',
      LPD_REFUSALS_AS_ERRORS: 'wan2.2-s2v-detect',
    };
    expect(resolveOptions({}, env)).toMatchObject({
      modelNames: [
        ['a', 'emo-detect-v1'],
        ['b', 'liveportrait-detect'],
      ],
      refusalsAsErrors: ['wan2.2-s2v-detect'],
    });
  });

  it.each<[string, Partial<Record<OptionName, string>>, NodeJS.ProcessEnv, string]>([
    // It would listen on all addresses.
    ['a host that is empty', { host: '' }, {}, '--host: "" is empty; leave it out for the default.'],
    [
      'metrics for everybody',
      { metricsHost: '' },
      {},
      '--metrics-host: "" is empty; leave it out for the default.',
    ],
    ['a folder that is empty', { dataDir: '' }, {}, '--data-dir: "" is empty; leave it out for the default.'],
    ['a port that is none', { port: '8080x' }, {}, '--port: "8080x" is not a whole number from 0 to 65535.'],
    [
      'an upstream at an address of no service',
      {},
      { LPD_UPSTREAM: 'http://169.254.169.254' },
      'LPD_UPSTREAM: "http://169.254.169.254" is at an address of no service (169.254.169.254).',
    ],
    [
      'a proxy that is a name',
      { trustedProxies: '10.0.0.1, proxy' },
      {},
      '--trusted-proxies: "10.0.0.1, proxy" has the entry "proxy", which is not an address or a block like 10.1.0.0/16.',
    ],
    [
      'callers of the upstream that are none',
      { upstreamCallers: 'all' },
      {},
      '--upstream-callers: "all" is not one of keys, anyone.',
    ],
    ['a port out of range', {}, { PORT: '65536' }, 'PORT: "65536" is not a whole number from 0 to 65535.'],
    [
      'a negative number',
      {},
      { LPD_WORKERS: '-1' },
      'LPD_WORKERS: "-1" is not a whole number from 1 to 256.',
    ],
    ['a level', { logLevel: 'loud' }, {}, '--log-level: "loud" is not one of trace, debug,'],
    ['an origin with a path', { corsOrigins: 'https://a/b' }, {}, 'which is not an origin like'],
    [
      'a name for no model',
      { modelNames: 'mine=emo' },
      {},
      'names the model "emo"; there are: liveportrait-detect,',
    ],
    ['half a name', { modelNames: 'mine' }, {}, 'holds "mine", which is not name=model'],
    ['a name that is taken', { modelNames: 'emo-detect-v1=emoji-detect-v1' }, {}, "a model's own"],
    ['a model', {}, { LPD_REFUSALS_AS_ERRORS: 'wan' }, 'names the model "wan"'],
    [
      'a target',
      {},
      { LPD_DOWNLOAD_ALLOW: '10.0.0.0/33' },
      'LPD_DOWNLOAD_ALLOW: "10.0.0.0/33" has the entry "10.0.0.0/33", which is not a block',
    ],
  ])('names %s', (_name, flags, env, message) => {
    expect(problem(flags, env)).toContain(message);
  });
});

describe('the declarations', () => {
  it('are what --help says, and no secret is a flag', () => {
    const program = new Command();
    const { stdout, stderr, stdin } = process;
    const given = { stdout, stderr, stdin, env: {}, setExitCode: () => {} };
    registerServe(program, { ...given, language: 'en', words: cliWordsIn('en') });
    const command = program.commands[0]!;
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    for (const [name, { flag, variable }] of Object.entries(OPTIONS)) {
      expect(help).toContain(variable);
      const declared = command.options.find((option) => option.long === `--${flag}`);
      expect(declared?.attributeName()).toBe(flag === null ? undefined : name);
    }
    expect(OPTIONS.bootstrapKey.flag).toBeNull();
  });

  it('are what docs/options.md says', () => {
    const written = readFileSync(new URL('../../docs/options.md', import.meta.url), 'utf8');
    expect(written, 'run: npx tsx tools/docs/options.ts').toBe(optionsMarkdown());
  });
});

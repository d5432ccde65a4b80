/**
 * What is public, as the built product shows it, beside docs/public.md: whoever changes it sees the change there, and says it in
 * CHANGELOG.md. `npx vitest run test/outside/public.test.ts -u` brings the page up to date.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ADVISORY_REASONS, FACE_REASONS } from '../../src/core/checks/reasons.ts';
import { OPTIONS } from '../../src/server/options.ts';
import { start } from '../cli/spawn.ts';
import { serve } from './serving.ts';

const ROOT = new URL('../../', import.meta.url);
const PAGE = '../../docs/public.md';
const INTRO = `# What is public

Everything on this page keeps its name and its meaning within a major version; it is what the version number speaks of. Everything else
may change with any release: other modules of the package, the tables of the store, the wording of advice and of log lines, the numbers
that models measure.

This page is made from the built product by \`npx vitest run test/outside/public.test.ts -u\`, and a test fails where the two differ.
`;
/** Exports that a page has, which Node cannot load. */
const OF_BROWSERS = ['./browser', './capture'];

test('docs/public.md tells what the built product has', async () => {
  const page = [
    INTRO,
    '## Exports of the package\n',
    ...(await exports()),
    '## Commands and their flags\n',
    ...(await commands()),
    '## Variables of the service\n',
    `${list(variables())}\n`,
    '## Endpoints of the service\n',
    `${list(await endpoints())}\n`,
    '## Tokens\n',
    ...(await tokens()),
  ].join('\n');
  await expect(`${page.trimEnd()}\n`).toMatchFileSnapshot(PAGE);
}, 120_000);

async function exports(): Promise<string[]> {
  const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const lines: string[] = [];
  for (const [path, target] of Object.entries<{ default: unknown }>(manifest.exports)) {
    if (typeof target === 'string') continue;
    const file = [target.default].map((file) =>
      typeof file === 'string' ? file : (file as { default: string }).default,
    )[0]!;
    const name = path.replace('.', manifest.name);
    const names = OF_BROWSERS.includes(path)
      ? namesIn(readFileSync(new URL(file, ROOT), 'utf8'))
      : Object.keys(await import(new URL(file, ROOT).href));
    lines.push(`\`${name}\`: ${list(names.filter((name) => name !== 'default').sort())}\n`);
  }
  return lines;
}

/** What a bundled module exports: its one list at the end. */
function namesIn(code: string): string[] {
  const [, names = ''] = /export\s*\{([^}]*)\}[^}]*$/.exec(code) ?? [];
  return names.split(',').map(
    (name) =>
      name
        .trim()
        .split(/\s+as\s+/)
        .at(-1)!,
  );
}

async function commands(): Promise<string[]> {
  const names = namesOfCommands(await help());
  const helps = await Promise.all(
    names.map(async (name) => {
      const text = await help(name);
      const below = await Promise.all(
        namesOfCommands(text).map(async (child) => [`${name} ${child}`, await help(name, child)] as const),
      );
      return below.length > 0 ? below : [[name, text] as const];
    }),
  );
  return helps.flat().map(([name, text]) => {
    const flags = text.match(/^ {2}(?:-\w, )?--[a-z0-9-]+/gm) ?? [];
    return `\`${name}\`: ${list(flags.map((flag) => flag.trim().split(', ').at(-1)!).sort())}\n`;
  });
}

async function help(...names: string[]): Promise<string> {
  return (await start([...names, '--help'], { env: { LC_ALL: 'C' } }).ended).out;
}

function namesOfCommands(help: string): string[] {
  const [, commands = ''] = /^Commands:\n((?: {2}.*\n)*)/m.exec(help) ?? [];
  return [...commands.matchAll(/^ {2}([a-z]+)\b/gm)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'help');
}

function variables(): string[] {
  return Object.values(OPTIONS)
    .map(({ variable }) => variable)
    .sort();
}

async function endpoints(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-public-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { url } = await serve(onTestFinished, folder);
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
    readonly paths: Record<string, object>;
  };
  return Object.entries<object>(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((endpoint) => /^(?:GET|POST|PUT|DELETE) /.test(endpoint))
    .sort();
}

async function tokens(): Promise<string[]> {
  const { CATALOGUE, LIMITS } = await built('index.js');
  return Object.entries({
    Errors: Object.keys(CATALOGUE),
    'Reasons that refuse': FACE_REASONS,
    'Reasons that advise': ADVISORY_REASONS,
    'Limits of a policy': Object.keys(LIMITS),
  }).map(([title, names]) => `${title}: ${list([...names].sort())}\n`);
}

function built(file: string) {
  return import(pathToFileURL(new URL(`dist/${file}`, ROOT).pathname).href);
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

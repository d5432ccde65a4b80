/** What the pages show to be copied is such that it can run: commands and flags, scripts and files, JSON, shell, JavaScript and YAML. */
import { execFileSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../../src/core/checks/policy.ts';
import { ADVISORY } from '../../src/core/checks/rules.ts';
import { isThere, PAGES, textOf } from './pages.ts';

/** The commands with their flags, as `docs/public.md` has them of the built product. */
const FLAGS = new Map(
  [...textOf('docs/public.md').matchAll(/^`([a-z ]+)`: (`--.*)$/gm)].map(
    ([, command = '', flags = '']) => [command, flags.replaceAll('`', '').split(', ')] as const,
  ),
);
const SCRIPTS = Object.keys(JSON.parse(textOf('package.json')).scripts);
/** What a reader is to put in by himself, or what is left out. */
const ABRIDGED = /…|<[a-z]/;

test('the list of commands is there, and calls are found', () => {
  expect([...FLAGS.keys()]).toEqual(expect.arrayContaining(['check', 'serve', 'keys create']));
  expect(PAGES.flatMap(callsIn).length).toBeGreaterThan(100);
});

test.each(PAGES)('%s calls commands by their names, with flags that they have', (page) => {
  const wrong = callsIn(page).flatMap((call) => unknownFlags(call).map((flag) => `${call}: ${flag}`));
  expect(wrong).toEqual([]);
});

test.each(PAGES)('%s names scripts and files that there are', (page) => {
  const code = codeIn(page).join('\n');
  const scripts = [...code.matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name = '']) => name);
  expect(scripts.filter((name) => !SCRIPTS.includes(name))).toEqual([]);
  const files = [...code.matchAll(/\bnpx (?:vitest run|tsx|tsc -p) ((?:[\w./-]+ ?)+)/g)].flatMap(
    ([, list = '']) => list.split(' ').filter((name) => name.includes('/')),
  );
  expect(files.filter((name) => !isThere(name) && !isThere(`${name}.test.ts`))).toEqual([]);
});

test.each(PAGES)('%s shows JSON, shell, JavaScript and YAML that can be parsed', (page) => {
  for (const { language, text } of blocksIn(page)) {
    const where = `${page}:\n${text}`;
    if (language === 'sh') expect(() => execFileSync('sh', ['-n'], { input: text }), where).not.toThrow();
    if (language === 'yaml') expect(() => parse(text), where).not.toThrow();
    if (['js', 'ts', 'jsx', 'tsx'].includes(language)) {
      const loader = language === 'js' ? 'jsx' : (language as 'ts');
      const whole = text.replaceAll('{ … }', '{}').replaceAll('…', 'undefined');
      expect(() => transformSync(whole, { loader, logLevel: 'silent' }), where).not.toThrow();
    }
    if (language !== 'json' || ABRIDGED.test(text)) continue;
    for (const document of text.includes('}\n{') ? text.trim().split('\n') : [text])
      expect(() => JSON.parse(document), where).not.toThrow();
  }
});

test.each(PAGES)('%s shows policies that the product takes', (page) => {
  for (const code of codeIn(page)) {
    for (const [written] of code.matchAll(/\{\s*"(?:m(?:in|ax)[A-Z]\w+|enforce)":[^{}]*\}/g)) {
      if (ABRIDGED.test(written)) continue;
      expect(() => parsePolicy(JSON.parse(written), ADVISORY), written).not.toThrow();
    }
  }
});

/** The command line's calls, from the command on. */
function callsIn(page: string): string[] {
  return codeIn(page).flatMap((code) => [
    ...[
      ...code.matchAll(/(?:npx |bin\/|^)liveportrait-detect(?:\.js)? ([a-z][^\n|#&;)]*)/gm),
      ...code.matchAll(
        /^((?:check|best|fix|evaluate|serve|worker|submit|mcp|keys|usage) [^\n|#&;)]*--[^\n|#&;)]*)/gm,
      ),
    ].map(([, call = '']) => call.trim()),
    ...[...code.matchAll(/npm start -- ([^\n|#&;)]*)/g)].map(([, flags]) => `serve ${flags}`),
  ]);
}

/** The flags that the command of a call does not have; its name, where there is no such command. */
function unknownFlags(call: string): string[] {
  const command = [...FLAGS.keys()].find((name) => `${call} `.startsWith(`${name} `));
  if (command === undefined)
    return call.startsWith('keys') && !call.includes('--') ? [] : [`no command ${call}`];
  const flags = call.match(/(?<=\s)--[a-z0-9-]+/g) ?? [];
  return flags.filter((flag) => !FLAGS.get(command)?.includes(flag));
}

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, without what a list indents them by. */
function blocksIn(page: string): Block[] {
  return [...textOf(page).matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(
    ([, indent = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').replaceAll(/\\\n\s*/g, ''),
    }),
  );
}

/** All code of a page: blocks, and what stands in a line. */
function codeIn(page: string): string[] {
  const text = textOf(page);
  const inLine = text.replaceAll(/^( *)```.*?^\1```$/gms, '').matchAll(/`([^`]+)`/g);
  return [
    ...blocksIn(page).map((block) => block.text),
    ...[...inLine].map(([, code = '']) => code.replaceAll('\n', ' ')),
  ];
}

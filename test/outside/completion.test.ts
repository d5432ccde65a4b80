/** What completes our commands in a shell: each script in the shell itself, with whatever the commands have now. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { start } from '../cli/spawn.ts';
import { HAS_TMUX, Terminal } from './terminal.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lpd-completion-'));
  writeFileSync(join(folder, 'a picture.jpg'), '');
  for (const shell of SHELLS) {
    for (const language of ['en', 'zh-CN']) {
      const { code, out, err } = await start(['completion', shell, '--lang', language]).ended;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      writeFileSync(join(folder, `${shell}-${language}`), out);
    }
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A line up to the cursor, and some of what is offered there, and some of what is not. */
const CASES: readonly (readonly [line: string, offered: readonly string[], not: readonly string[]])[] = [
  ['liveportrait-detect ', ['check', 'best', 'keys', 'completion'], ['create', 'table']],
  ['liveportrait-detect ch', ['check'], ['best']],
  ['liveportrait-detect check --fo', ['--for', '--format'], ['--json']],
  ['liveportrait-detect check --format ', ['table', 'json', 'csv', 'html'], ['check']],
  ['liveportrait-detect usage --format ', ['table', 'json', 'csv'], ['html']],
  ['liveportrait-detect check --for hal', ['hallo'], ['sadtalker']],
  ['liveportrait-detect check --json --for al', ['all'], ['hallo']],
  ['liveportrait-detect --lang zh', ['zh-CN'], ['en']],
  ['liveportrait-detect keys ', ['create', 'list', 'show', 'revoke'], ['check']],
  ['liveportrait-detect keys create --q', ['--qps', '--quota'], ['--name']],
  ['liveportrait-detect completion ', ['bash', 'zsh', 'fish'], ['check']],
];

test('an unknown shell is told with those that there are', async () => {
  const { code, out, err } = await start(['completion', 'csh']).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Allowed choices are bash, zsh, fish.');
});

describe.skipIf(!has('bash'))('bash (skipped where it is not installed)', () => {
  const ask = (line: string) => {
    const words = line.split(' ');
    const script = `source ./bash-zh-CN; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}; _liveportrait_detect; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-uc', script], { cwd: folder, encoding: 'utf8' }).split('\n');
  };
  test.each(CASES)('%j', (line, offered, not) => {
    expect(ask(line)).toEqual(expect.arrayContaining([...offered]));
    for (const one of not) expect(ask(line)).not.toContain(one);
  });
  test('completes the value behind an equals sign', () => {
    expect(ask('liveportrait-detect check --format = js')).toEqual(['json', '']);
  });
});

describe.skipIf(!has('fish'))('fish (skipped where it is not installed: apt-get install fish)', () => {
  const ask = (line: string) =>
    execFileSync('fish', ['--no-config', '-c', `source ./fish-en; complete -C '${line}'`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    })
      .split('\n')
      .map((text) => text.split('\t')[0]);
  test.each(CASES)('%j', (line, offered, not) => {
    expect(ask(line)).toEqual(expect.arrayContaining([...offered]));
    for (const one of not) expect(ask(line)).not.toContain(one);
  });
  test('offers files where pictures are meant, and folders only where a folder is', () => {
    expect(ask('liveportrait-detect check a')).toContain('a picture.jpg');
    expect(ask('liveportrait-detect check --annotate a')).not.toContain('a picture.jpg');
  });
});

describe.skipIf(!has('zsh') || !HAS_TMUX)(
  'zsh (skipped where it or tmux is not installed: apt-get install zsh tmux)',
  { timeout: 120_000 },
  () => {
    test('offers what there is, in the terminal', async () => {
      const terminal = await Terminal.open(100, 50, folder);
      onTestFinished(() => terminal.close());
      await terminal.type(`PS1='%%>' HOME="$PWD" exec zsh -f -i`);
      await terminal.type("PS1='%%>'; autoload -Uz compinit && compinit -u -D; source ./zsh-zh-CN; clear");
      await terminal.until((text) => text.trim() === '%>');
      for (const [line, offered] of CASES.filter(([, offered]) => offered.length > 1)) {
        await terminal.write(line);
        // The first one may do no more than write what all have in common.
        await terminal.press('Tab');
        await terminal.press('Tab');
        await terminal.until((text) => offered.every((one) => text.includes(one)));
        await terminal.press('C-u');
        await terminal.press('C-l');
        await terminal.until((text) => !text.includes(line.trim()));
      }
      await terminal.write('liveportrait-detect check --for hal');
      await terminal.press('Tab');
      await terminal.until((text) => text.includes('--for hallo'));
    });
  },
);

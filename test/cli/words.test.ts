/** The command line's words in every language, each with its longest and strangest values, and which language a call gets. */
import widthOf from 'string-width';
import { describe, expect, test } from 'vitest';
import { cliWordsIn, languageOfCall } from '../../src/cli/words/catalogue.ts';
import { EXAMPLES } from '../../src/cli/words/examples.ts';
import { LANGUAGES, type Language } from '../../src/core/words/catalogue.ts';
import { OPTIONS } from '../../src/server/options.ts';
import { faultsOfLabel, faultsOfSentence } from '../core/words/faults.ts';
import { run } from './run.ts';

const LONG = `/${'a long folder/'.repeat(12)}picture.jpg`;

const COMMANDS = [
  'check',
  'best',
  'fix',
  'evaluate',
  'keys',
  'usage',
  'submit',
  'serve',
  'worker',
  'mcp',
  'completion',
];

describe.each(LANGUAGES)('%s', (language: Language) => {
  const { help, check, best, fix, evaluate, keys, submit, serve, run: running } = cliWordsIn(language);
  const labelled = (texts: Iterable<string>) =>
    [...texts].flatMap((text) => faultsOfLabel(text, language).map((fault) => `${fault}: ${text}`));
  const sentences = (texts: Iterable<string>) =>
    [...texts].flatMap((text) => faultsOfSentence(text, language).map((fault) => `${fault}: ${text}`));

  test('the help is whole', () => {
    const { titles, commands, afterCheck, afterBest, afterFix, afterSubmit, afterMcp, forAll, ...rest } =
      help;
    const { key, jobKey, top, dataDir, defaultIs, more, choices, usually, withFacts, ...plain } = rest;
    const after = [afterCheck, afterBest, afterFix, afterSubmit, afterMcp];
    const told = [key('LPD_API_KEY'), jobKey('LPD_API_KEY'), top(50), dataDir(LONG)];
    const facts = [choices(['table', 'json']), usually('3')];
    expect(labelled([more('liveportrait-detect'), ...facts, withFacts(help.json, facts)])).toEqual([]);
    expect(labelled([...Object.values(titles), ...Object.values(commands), ...told])).toEqual([]);
    expect(labelled(Object.values(plain))).toEqual([]);
    expect(labelled([defaultIs('LPD_PORT', '8080')]).filter((fault) => !/in Chinese/.test(fault))).toEqual(
      [],
    );
    for (const text of after) {
      expect(text).toMatch(/^\n/);
      expect(text).toMatch(/[.。]$/);
    }
    expect(forAll('all')).toContain('all');
  });

  test('every command has two or three calls to copy, in its help, each with what it does', async () => {
    for (const [name, examples] of Object.entries(EXAMPLES)) {
      expect(examples.length).toBeGreaterThan(1);
      expect(examples.length).toBeLessThan(4);
      expect(labelled(examples.map(({ does }) => does[language]))).toEqual([]);
      const { out } = await run([...name.split(' '), '--help', '--lang', language]);
      for (const { call, does } of examples) {
        expect(out).toContain(`\n  # ${does[language]}\n  liveportrait-detect ${call}\n`);
        expect(call.startsWith(`${name} `) || call === name).toBe(true);
        // An option that is gone, or has another name, may not stay in an example.
        const [, ...more] = call.split(' ').slice(0, 2);
        const own = name === 'keys' ? (await run(['keys', ...more, '--help'])).out : out;
        for (const [flag] of call.matchAll(/(?<= )--?[a-z][a-z-]*/g))
          expect(own).toMatch(new RegExp(`^ +(?:-\\w, )?${flag}\\b`, 'm'));
      }
    }
  });

  test('no help is wider than its terminal', async () => {
    for (const command of COMMANDS) {
      const { out } = await run([command, '--help', '--lang', language]);
      const [options = ''] = out.split(help.examples)[0]!.split(help.environmentOnly);
      for (const line of options.split('\n').filter((line) => /^ {2,}/.test(line))) {
        expect(widthOf(line), line).toBeLessThanOrEqual(80);
      }
    }
  });

  test('every option of the service has a sentence', () => {
    const { options } = cliWordsIn(language);
    if (options === null) return expect(language).toBe('en');
    expect(Object.keys(options).sort()).toEqual(Object.keys(OPTIONS).sort());
    // A list of names, an example address and a path are Latin.
    expect(sentences(Object.values(options))).toEqual([]);
  });

  test('counts, names and paths of any length stand in whole texts', () => {
    const counts = [
      { pass: 0, fail: 0, error: 0 },
      { pass: 1, fail: 1, error: 1 },
      { pass: 1e9, fail: 1e9, error: 1e9 },
    ];
    const at = { left: -12, top: 0, width: 99_999, height: 1 };
    expect(
      labelled(
        [
          ...counts.flatMap((all) => [
            check.summary(all, 0),
            check.summary(all, 7),
            best.summary(all, true),
            best.summary(all, false),
            fix.summary({ good: all.pass, fixed: all.fail, failed: all.error, error: 0 }),
            keys.answered(all),
            keys.images(all.pass),
            keys.quota(all.pass, all.fail),
            keys.rate(all.pass),
            submit.job('id', all.pass, undefined),
            submit.job('id', all.pass, 'whsec'),
          ]),
          check.stopped(LONG),
          check.whichFace(1, 12, at),
          check.generators('', 'hallo'),
          check.shares(3, [check.share('hallo', 1, 1 / 3)]),
          best.filmCut(LONG),
          best.frame(LONG, '12.30'),
          fix.severalFaces(2),
          evaluate.trueReasons(1, 3, '33.3%'),
          evaluate.misjudged(0),
          ...[0, 0.2, 59.9, 60, 3_599, 3_600, 1e7].map(running.left),
          ...evaluate.head,
          ...evaluate.proposalHead,
          ...keys.usageHead,
        ].filter((text) => !/^(?:KEY|ID)$/.test(text)),
      ).filter((fault) => !/space too many/.test(fault) || !/ {2}\(/.test(fault)),
    ).toEqual([]);
    expect(
      sentences([
        keys.made('a name', 'id'),
        keys.adopted('a name', 'id'),
        keys.none,
        keys.revoked('a name', 'id'),
        keys.revokedBefore('a name', 'id', '2026-01-01T00:00:00Z'),
        submit.stoppedWaiting,
        serve.bootstrapRevoked,
        serve.logLost('EPIPE'),
        running.folderGone,
        running.outOfFiles,
        running.fault,
        running.wholeNumber(1, 256),
        running.wholeNumber(1, null),
        running.number,
        running.percentage,
        running.day,
        evaluate.stopped(1, 2),
        evaluate.unread(3),
        fix.nothingToDo,
      ]),
    ).toEqual([]);
  });

  test('what became of a picture takes equally many columns', () => {
    for (const outcomes of [check.outcomes, fix.outcomes]) {
      expect(new Set(Object.values<string>(outcomes).map((text) => widthOf(text))).size).toBe(1);
    }
  });

  if (language !== 'en') {
    test.each(COMMANDS)('%s --help is in it', async (command) => {
      const { out, code } = await run([command, '--help', '--lang', language]);
      expect(code).toBe(0);
      expect(out.startsWith(help.titles['Usage:'])).toBe(true);
      for (const [english, title] of Object.entries(help.titles)) {
        if (title !== english) expect(out).not.toMatch(new RegExp(`^${english}`, 'm'));
      }
      expect(out.replaceAll(/\n +/g, ' ')).toContain(help.lang.slice(0, 20));
      expect(out).not.toMatch(/undefined|\[object/);
    });
  }
});

test.each<[readonly string[], NodeJS.ProcessEnv, Language]>([
  [[], {}, 'en'],
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [[], { LANG: 'zh_CN' }, 'zh-CN'],
  [[], { LANG: 'zh_TW.utf8' }, 'zh-CN'],
  [[], { LANG: 'zh_CN.GB18030' }, 'en'],
  [[], { LANG: 'C' }, 'en'],
  [[], { LANG: 'C.UTF-8' }, 'en'],
  [[], { LANG: 'POSIX' }, 'en'],
  [[], { LANG: 'de_DE.UTF-8@euro' }, 'en'],
  [[], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [[], { LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
  [['check', '--lang', 'zh'], { LANG: 'en_US.UTF-8' }, 'zh-CN'],
  [['--lang=en', 'check'], { LANG: 'zh_CN.UTF-8' }, 'en'],
  [['check', '--', '--lang', 'zh'], {}, 'en'],
])('%j with %j is %s', (args, env, language) => {
  expect(languageOfCall(args, env)).toBe(language);
});

test('a language that there are no words in is refused by name, and a locale of one is not', async () => {
  const refused = await run(['keys', 'list', '--lang', 'fr']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('There are no words in "fr". Use en or zh-CN.');
  expect((await run(['--help'], { env: { LANG: 'fr_FR.UTF-8' } })).out).toMatch(/^Usage:/);
});

test('a wrong call is told in the language, and so is an error', async () => {
  const env = { LANG: 'zh_CN.UTF-8' };
  const unknown = await run(['check', '--jsno'], { env });
  expect(unknown).toMatchObject({ code: 2 });
  expect(unknown.err).toMatch(
    /^错误：没有选项 --jsno\n（是不是想写 --json？）\n（选项和示例：liveportrait-detect check --help）/,
  );
  const missing = await run(['check', '/nowhere'], { env });
  expect(missing.err).toMatch(/^找不到文件或文件夹 \/nowhere。\n请检查路径和权限。/);
  const jobs = await run(['check', '--jobs', 'x', 'a.jpg'], { env });
  expect(jobs.err).toContain('请给出 1 到 256 的整数。');
});

/** What package.json and its lock promise to those who install. */
import { readFileSync } from 'node:fs';
import { subset, validRange } from 'semver';
import { describe, expect, test } from 'vitest';

interface LockEntry {
  readonly version: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const { engines, dependencies } = read('package.json');
const { '': _, ...entries } = read('package-lock.json').packages as Record<string, LockEntry>;

test('no dependency asks for a Node that `engines` does not name', () => {
  expect(validRange(engines.node)).not.toBeNull();
  // An optional one is left out where it does not fit.
  const asking = Object.entries(entries).filter(
    ([, { optional, engines: theirs }]) => theirs?.node && !optional,
  );
  expect(asking.length).toBeGreaterThan(100);
  const newer = asking.filter(([, { engines: theirs }]) => !subset(engines.node, theirs!.node!));
  expect(newer.map(([path]) => path)).toEqual([]);
  expect(subset(engines.node, '>=22')).toBe(false);
});

test('none that has to be there names processors or systems: npm would refuse all of us elsewhere', () => {
  const bound = Object.entries(entries).filter(([, { os, cpu, libc }]) => os ?? cpu ?? libc);
  expect(bound.length).toBeGreaterThan(10);
  const needed = bound.filter(([, { dev, optional }]) => !dev && !optional);
  expect(needed.map(([path]) => path)).toEqual([]);
});

test('no dependency runs a script while it is installed', () => {
  const scripted = Object.entries(entries).filter(
    ([, { dev, hasInstallScript }]) => !dev && hasInstallScript,
  );
  expect(scripted.map(([path]) => path)).toEqual([]);
});

describe('pinned for those who depend on us, whom our lock does not reach', () => {
  test.each([
    // 6.8 brings cookie 2, for Node 22. Fastify takes this one where it is there; nothing here calls it.
    ['light-my-request', '6.6.0'],
  ])('%s', (name, version) => {
    expect(dependencies[name]).toBe(version);
  });
});

describe('NOTICE', () => {
  const notice = readFileSync(new URL('../NOTICE', import.meta.url), 'utf8');
  /** Licences that ask for no more than their own text, which each package brings along. */
  const PLAIN = ['MIT', 'ISC', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', '(MIT OR CC0-1.0)'];
  const others = Object.entries(entries).filter(
    ([, { dev, license }]) => !dev && !PLAIN.includes(license ?? ''),
  );

  test('names what is under any other licence', () => {
    expect(others.some(([path]) => path.includes('libvips'))).toBe(true);
    for (const [path, { license = 'none' }] of others) {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const family = name.replace(/(sharp-(?:libvips|win32))-.*/, '$1-');
      expect(notice, `${name}: ${license}`).toContain(family);
      for (const id of license.split(/ AND |[()]/).filter(Boolean)) expect(notice, name).toContain(id);
    }
  });

  test('names what is laid into the package', () => {
    expect(notice).toContain('dist/onnxruntime');
    expect(notice).toContain('Copyright (c) Microsoft');
    expect(read('package.json').files).toContain('NOTICE');
  });
});

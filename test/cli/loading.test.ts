/** What a command loads before it begins: each package costs every call, also the one for a single picture. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../src/cli', import.meta.url));

/** Packages that are imported where a module is loaded, by it and by all that it imports; not what is imported later. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    for (const [, imported, required] of source.matchAll(
      /^(?:import|export) (?!type )(?:[^;']*? from )?'([^']+)';|createRequire\(import\.meta\.url\)\('([^']+)'\)/gm,
    )) {
      const specifier = imported ?? required;
      if (specifier.startsWith('.')) {
        if (specifier.endsWith('.ts')) visit(resolve(dirname(file), specifier));
      } else packages.add(specifier);
    }
  };
  visit(join(CLI, entry));
  return packages;
}

const HEAVY = ['sharp', '#onnxruntime', 'undici', 'fastify', 'libsql', 'pg'];

describe('what is loaded before a command is known or begins', () => {
  test('the program loads no command that is not called', () => {
    expect([...packagesOf('main.ts')].sort()).toEqual(['commander', 'node:fs', 'node:util']);
  });

  test('check loads neither decoder, models, HTTP nor a database where its workers do the work', () => {
    const packages = packagesOf('check.ts');
    expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
    expect(packages).toContain('node:child_process');
  });

  test('submit does load HTTP, so this test would see it; serve does so once it is ready', () => {
    expect(packagesOf('submit.ts')).toContain('undici');
    expect(packagesOf('serve.ts')).not.toContain('undici');
  });

  test('an inspector loads no engine before it is known which one, and then no other one', () => {
    const engines = ['sharp', '#onnxruntime', '#wasm-sharp', '#wasm-networks'];
    const loaded = (file: string) => engines.filter((name) => packagesOf(`../node/${file}`).has(name));
    expect(loaded('inspector.ts')).toEqual([]);
    expect(loaded('networks/onnx-networks.ts')).toEqual(['#onnxruntime']);
    expect(loaded('networks/wasm-networks.ts')).toEqual([]);
    expect(loaded('decode/native-sharp.ts')).toEqual(['sharp']);
    expect(loaded('decode/wasm-sharp.ts')).toEqual(['#wasm-sharp']);
  });
});

/** What the build lays beside us of onnxruntime, as an installation has it; for all platforms, as far as bytes tell. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const execute = promisify(execFile);

const FOLDER = fileURLToPath(new URL('../../../dist/onnxruntime/', import.meta.url));
const PACKAGE = new URL('../../../package.json', import.meta.url);
const NATIVE = new URL('../../../tools/package/native/package.json', import.meta.url);

/**
 * Words of Microsoft's telemetry client, which the libraries of 1.29 and 1.30 have compiled in: where it sends to, what it
 * keeps in the home and the temporary folder, and what it reads.
 */
const TELEMETRY = [
  'events.data.microsoft.com',
  'aria.microsoft.com',
  'Microsoft/DeveloperTools',
  'mat-debug-',
  '/etc/machine-id',
];

const libraries = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:node|so(?:\.\d+)*|dylib|dll)$/.test(path))
  .sort();

/** What is told of the engines where the networks alone are not native. */
const FALLBACK = '{"networks":"wasm","decoding":"native"}\n';

/** In both widths of character: Windows keeps its paths in two bytes. */
const wordsIn = (bytes: Buffer) =>
  TELEMETRY.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')));

describe('the libraries of onnxruntime', () => {
  it.each(libraries)('have no telemetry in them: %s', (path) => {
    const bytes = readFileSync(join(FOLDER, path));
    expect(bytes.length).toBeGreaterThan(200_000);
    expect(wordsIn(bytes)).toEqual([]);
  });

  it('are there for five platforms, each with what it calls', () => {
    const folders = new Set(libraries.map((path) => path.split(/[\\/]/).slice(2, 4).join('/')));
    const platforms = ['darwin/arm64', 'linux/arm64', 'linux/x64', 'win32/arm64', 'win32/x64'];
    expect([...folders]).toEqual(platforms);
    expect(libraries).toHaveLength(2 * platforms.length);
  });

  it('are of the one version that was looked at', () => {
    const { devDependencies, dependencies } = JSON.parse(readFileSync(PACKAGE, 'utf8'));
    const native = JSON.parse(readFileSync(NATIVE, 'utf8'));
    const { version } = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'));
    expect(native.dependencies['onnxruntime-node']).toBe(version);
    expect(devDependencies['onnxruntime-common']).toBe(version);
    // Its install script would run.
    expect(devDependencies).not.toHaveProperty('onnxruntime-node');
    expect(dependencies).not.toHaveProperty('onnxruntime-node');
  });
});

it.runIf(process.platform === 'linux')('says so where another version is there first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-runtime-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // The same version under another number, as the loader sees it.
  const { version } = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'));
  const other = version.replace(/\d$/, (digit: string) => String((Number(digit) + 1) % 10));
  for (const path of libraries.filter((path) => path.includes(`linux/${process.arch}/`))) {
    const bytes = readFileSync(join(FOLDER, path)).toString('latin1');
    const renamed = bytes.replaceAll(`VERS_${version}`, `VERS_${other}`);
    expect(renamed).not.toBe(bytes);
    writeFileSync(join(folder, basename(path)), renamed, 'latin1');
  }
  const program = `process.dlopen({ exports: {} }, '${folder}/onnxruntime_binding.node');
const { createInspector } = await import('${new URL('../../../dist/index.js', import.meta.url).href}');
await createInspector({ engine: 'native' }).catch(({ code, message }) => console.log(code, message));
const { engines } = await createInspector();
console.log(JSON.stringify(engines));`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe(
    `inspector.unavailable This process has loaded another version of onnxruntime than ${version}, and on Linux it can have one only. Run one of the two in a child process, or use ${version} for both.\n${FALLBACK}`,
  );
});

it('is missed by name, where there is none for a machine', async () => {
  const library = new URL('../../../dist/index.js', import.meta.url).href;
  // After sharp was loaded, which looks for a library of that name too.
  const program = `const { createInspector, DetectError } = await import('${library}');
await import('${new URL('../../../dist/node/decode/native-sharp.js', import.meta.url).href}');
Object.defineProperty(process, 'arch', { value: 'riscv64' });
await createInspector({ engine: 'native' }).catch((error) =>
  console.log(error instanceof DetectError, error.code, error.message));
const { engines } = await createInspector();
console.log(JSON.stringify(engines));`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe(
    `true inspector.unavailable onnxruntime does not load on ${process.platform} riscv64.\n${FALLBACK}`,
  );
});

it('would find telemetry', () => {
  const bytes = Buffer.from(`\0https://mobile.${TELEMETRY[0]}/OneCollector\0`);
  expect(wordsIn(bytes)).toEqual([TELEMETRY[0]]);
});

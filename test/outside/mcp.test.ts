/** `liveportrait-detect mcp` as it was built: called by the official SDK's own client, and by nobody's. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { BIN, start } from '../cli/spawn.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const PORTRAIT = readFileSync(join(EXAMPLES, 'pass.jpg'));
const PROFILE = readFileSync(join(EXAMPLES, 'profile.jpg'));
/** More than the longest line that is read. */
const FAR_TOO_LONG = 16 * 1024 * 1024;

/** What a tool answers, as far as it is looked into. */
interface Told {
  readonly isError?: boolean;
  readonly structuredContent?: Record<string, unknown>;
  readonly content: {
    readonly type: string;
    readonly text?: string;
    readonly data?: string;
    readonly mimeType?: string;
  }[];
}

let folder: string;
let secret: string;
let pictures: string;
let client: Client;
const cleanup = cleanupAfterAll();

async function connect(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Client> {
  const connected = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, 'mcp', ...args],
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', LPD_DOWNLOAD_ALLOW: '127.0.0.0/8', ...env },
    stderr: 'ignore',
  });
  await connected.connect(transport);
  cleanup(() => connected.close());
  return connected;
}

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lpd-mcp-')));
  cleanup(() => rmSync(root, { recursive: true, force: true }));
  folder = join(root, 'allowed');
  secret = join(root, 'allowed-not');
  mkdirSync(folder);
  mkdirSync(secret);
  for (const place of [folder, secret]) writeFileSync(join(place, 'portrait.jpg'), PORTRAIT);
  writeFileSync(join(folder, 'profile.jpg'), PROFILE);
  symlinkSync(join(secret, 'portrait.jpg'), join(folder, 'link.jpg'));
  symlinkSync(secret, join(folder, 'way-out'));
  const server = createServer((_request, response) => response.end(PROFILE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => void server.close());
  pictures = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = await connect();
});

const call = async (name: string, args: Record<string, unknown>, of = client): Promise<Told> =>
  (await of.callTool({ name, arguments: args })) as unknown as Told;
const inspect = (args: Record<string, unknown>) => call('inspect_portrait', args);
const fix = (args: Record<string, unknown>) => call('fix_portrait', args);
const textOf = ({ content }: Told) => content.find(({ type }) => type === 'text')?.text ?? '';
const imageOf = ({ content }: Told) => {
  const { data = '', mimeType } = content.find(({ type }) => type === 'image') ?? {};
  return { bytes: Buffer.from(data, 'base64'), mimeType };
};

it('has two tools, one of which changes nothing', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
    ['inspect_portrait', true],
    ['fix_portrait', false],
  ]);
});

describe('inspect_portrait', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['a path', () => ({ path: join(folder, 'profile.jpg') })],
    ['a path from the folder', () => ({ path: 'profile.jpg' })],
    ['a file: address', () => ({ path: `file://${folder}/profile.jpg` })],
    ['an address', () => ({ url: `${pictures}/a.jpg` })],
    ['base64', () => ({ data: PROFILE.toString('base64') })],
    ['a data URI', () => ({ data: `data:image/jpeg;base64,${PROFILE.toString('base64')}` })],
  ])('takes %s', async (_name, picture) => {
    const told = await inspect(picture());
    expect(told.isError).toBeFalsy();
    expect(told.structuredContent).toMatchObject({ pass: false, reason: 'face.profile', faces: 1 });
    const { advice, checks } = told.structuredContent as { advice: string[]; checks: { id: string }[] };
    expect(checks.find(({ id }) => id === 'yaw')).toMatchObject({ status: 'fail', limit: 50 });
    expect(textOf(told)).toBe(`Does not pass: face.profile (for liveportrait).\n${advice.join('\n')}`);
    const { bytes, mimeType } = imageOf(told);
    const { format, width } = await sharp(bytes).metadata();
    expect([mimeType, format, width]).toEqual(['image/png', 'png', (await sharp(PROFILE).metadata()).width]);
  });

  it('judges for another generator, and shows nothing where that is not wanted', async () => {
    const told = await inspect({ path: 'portrait.jpg', for: 'hallo', annotated: false });
    expect(textOf(told)).toContain('(for hallo)');
    expect(told.content).toHaveLength(1);
  });

  it('says what is wrong, and what to do', async () => {
    writeFileSync(join(folder, 'text.jpg'), 'no picture');
    for (const [args, words] of [
      [{}, 'one of "path", "url" and "data"'],
      [{ path: 'portrait.jpg', url: pictures }, 'one of "path", "url" and "data"'],
      [{ path: 'none.jpg' }, 'file.unreadable'],
      [{ path: '.' }, 'is a folder'],
      [{ path: 'text.jpg' }, 'image.unsupported'],
      [{ data: 'ä' }, 'body.invalid'],
      [{ url: 'http://10.0.0.1/a.jpg' }, 'download.unreachable'],
      [{ url: 'file:///etc/passwd' }, 'url.invalid'],
    ] as const) {
      const told = await inspect(args);
      expect([told.isError, textOf(told)]).toEqual([true, expect.stringContaining(words)]);
      // An agent sends no body: that is the client's matter.
      expect(textOf(told)).not.toContain('JSON object');
    }
  });

  it('works on many at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => inspect({ path: 'profile.jpg' })));
    expect(all.map(({ structuredContent }) => structuredContent?.reason)).toEqual(
      Array(8).fill('face.profile'),
    );
    const flood = Array.from({ length: 30 }, () => inspect({ path: 'profile.jpg', annotated: false }));
    const told = (await Promise.all(flood)).map((one) => textOf(one).split(/[ (]/)[0]);
    // Two are worked on, and sixteen wait.
    expect(told.filter((word) => word === 'Does')).toHaveLength(18);
    expect(told.filter((word) => word === 'overload.queue:')).toHaveLength(12);
  });

  it('a call that is cancelled while it waits leaves its place to another', async () => {
    const held: ServerResponse[] = [];
    const slow = createServer((_request, response) => void held.push(response)).listen(0, '127.0.0.1');
    onTestFinished(() => void slow.close());
    await once(slow, 'listening');
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const working = [inspect({ url }), inspect({ url })];
    await vi.waitFor(() => expect(held).toHaveLength(2), { timeout: 20_000 });
    const params = { name: 'inspect_portrait', arguments: { path: 'profile.jpg' } };
    const waiting = Array.from({ length: 16 }, () => new AbortController());
    const given = waiting.map(({ signal }) => client.callTool(params, { signal }));
    // They have been heard once a later request is answered.
    await client.listTools();
    for (const one of waiting) one.abort();
    const left = await Promise.allSettled(given);
    expect(left.map(({ status }) => status)).toEqual(Array(16).fill('rejected'));
    const next = inspect(params.arguments);
    await client.listTools();
    for (const response of held) response.end(PROFILE);
    const told = await Promise.all([...working, next]);
    expect(told.map(({ structuredContent }) => structuredContent?.reason)).toEqual(
      Array(3).fill('face.profile'),
    );
  });
});

describe('fix_portrait', () => {
  it('shows the picture and writes it, under an ending that is right', async () => {
    writeFileSync(join(folder, 'picture.tif'), await sharp(PORTRAIT).tiff().toBuffer());
    const told = await fix({ path: 'picture.tif', output: 'fixed.png' });
    const written = join(folder, 'fixed.png.jpg');
    expect(told.structuredContent).toMatchObject({ pass: true, reason: null, written, before: null });
    expect(told.structuredContent?.steps).toMatchObject([{ action: 'convert' }]);
    expect(imageOf(told).mimeType).toBe('image/jpeg');
    expect(readFileSync(written).equals(imageOf(told).bytes)).toBe(true);
    expect((await inspect({ path: written })).structuredContent?.pass).toBe(true);
  });

  it('overwrites nothing, and what a link names neither', async () => {
    writeFileSync(join(folder, 'mine.jpg'), 'mine');
    symlinkSync(join(folder, 'nothing-yet.jpg'), join(folder, 'dangling.jpg'));
    for (const output of ['mine.jpg', 'dangling.jpg']) {
      const told = await fix({ path: 'portrait.jpg', output });
      expect([told.isError, textOf(told)]).toEqual([true, expect.stringContaining('is there already')]);
    }
    expect(readFileSync(join(folder, 'mine.jpg'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'nothing-yet.jpg'))).toBe(false);
  });

  it('writes nothing where there is nothing that passes', async () => {
    const told = await fix({ path: 'profile.jpg', output: 'none.jpg' });
    expect(told.structuredContent).toMatchObject({ pass: false, reason: 'face.profile', written: null });
    expect(existsSync(join(folder, 'none.jpg'))).toBe(false);
  });

  it('crops to the face that is named', async () => {
    const told = await fix({ data: readFileSync(join(EXAMPLES, 'group.jpg')).toString('base64'), face: 99 });
    expect([told.isError, textOf(told)]).toEqual([true, expect.stringContaining('fix.face')]);
  });
});

describe('outside of the allowed folders', () => {
  const ways = () => [
    join(secret, 'portrait.jpg'),
    join(secret, 'not-there.jpg'),
    '../allowed-not/portrait.jpg',
    `file://${secret}/portrait.jpg`,
    'link.jpg',
    'way-out/portrait.jpg',
    '/etc/passwd',
    '/dev/zero',
    '/proc/self/environ',
  ];

  it('nothing is read, and nobody is told what there is', async () => {
    for (const path of ways()) {
      const told = await inspect({ path });
      expect([path, told.isError, textOf(told)]).toEqual([
        path,
        true,
        expect.stringContaining(`outside of the folders that are allowed: ${folder}.`),
      ]);
    }
  });

  it('nothing is written', async () => {
    for (const output of [join(secret, 'new.jpg'), '../new.jpg', 'way-out/new.jpg', '']) {
      const told = await fix({ path: 'portrait.jpg', output });
      expect([told.isError, textOf(told)]).toEqual([true, expect.stringContaining('file.unwritable')]);
    }
    expect(existsSync(join(secret, 'new.jpg'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('a pipe is not waited for', async () => {
    expect(spawnSync('mkfifo', [join(folder, 'pipe.jpg')]).status).toBe(0);
    expect(textOf(await inspect({ path: 'pipe.jpg' }))).toContain('is a pipe');
  });

  it('--allow names others, all of them', async () => {
    const other = await connect(['--allow', secret, EXAMPLES, '--for', 'hallo']);
    const allowed = await call('inspect_portrait', { path: 'portrait.jpg' }, other);
    expect(textOf(allowed)).toContain('(for hallo)');
    const example = await call('inspect_portrait', { path: join(EXAMPLES, 'pass.jpg') }, other);
    expect(example.isError).toBeFalsy();
    const here = await call('inspect_portrait', { path: join(folder, 'portrait.jpg') }, other);
    expect(here.isError).toBe(true);
  });

  it('the whole disk is no folder that nobody named', async () => {
    const process = start(['mcp'], { cwd: '/', isFed: true });
    const stdin = process.child.stdin as Writable;
    stdin.write(request(1, 'initialize', INITIALIZE));
    stdin.write(request(2, 'tools/call', { name: 'inspect_portrait', arguments: { path: '/etc/passwd' } }));
    await vi.waitFor(() => expect(process.child.stdout).toBeDefined());
    const answers = await answersOf(process.child.stdout as NodeJS.ReadableStream, 2);
    stdin.end();
    expect(JSON.stringify(answers[1])).toContain('No folder is allowed');
    expect((await process.ended).code).toBe(0);
  });
});

const INITIALIZE = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
};
const request = (id: number, method: string, params: unknown) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

/** So many lines of an output, each of which has to be JSON. */
async function answersOf(output: NodeJS.ReadableStream, count: number): Promise<unknown[]> {
  let text = '';
  return await new Promise((resolve, reject) => {
    output.on('data', (piece) => {
      text += piece;
      const lines = text.split('\n').slice(0, -1);
      try {
        if (lines.length >= count) resolve(lines.map((line) => JSON.parse(line)));
      } catch (error) {
        reject(error);
      }
    });
  });
}

describe('the process', () => {
  it('says nothing but the protocol on standard output, whatever comes, and ends with its input', async () => {
    const { child, ended } = start(['mcp'], { cwd: folder, isFed: true });
    const stdin = child.stdin as Writable;
    stdin.write(`hello\n{"a":\n[]\n${request(1, 'initialize', INITIALIZE)}`);
    stdin.write(request(2, 'tools/call', { name: 'none', arguments: {} }));
    stdin.write(request(3, 'tools/call', { name: 'inspect_portrait', arguments: { path: 7 } }));
    stdin.write(request(4, 'tools/call', { name: 'inspect_portrait', arguments: { path: 'portrait.jpg' } }));
    await answersOf(child.stdout as NodeJS.ReadableStream, 4);
    stdin.end();
    const { code, out } = await ended;
    expect(code).toBe(0);
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
    expect(told.find(({ id }) => id === 4).result.structuredContent.pass).toBe(true);
  });

  it('ends with its input also where a call has only just come', async () => {
    const { child, ended } = start(['mcp'], { cwd: folder, isFed: true });
    const path = { name: 'inspect_portrait', arguments: { path: 'portrait.jpg' } };
    (child.stdin as Writable).end(request(1, 'initialize', INITIALIZE) + request(2, 'tools/call', path));
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    expect((await ended).code).toBe(0);
    clearTimeout(late);
  });

  it('ends where a line is longer than any picture', async () => {
    const { child, ended } = start(['mcp'], { cwd: folder, isFed: true });
    child.stdin?.on('error', () => undefined);
    child.stdin?.write(Buffer.alloc(FAR_TOO_LONG, 'a'));
    const { code, out, err } = await ended;
    expect([code, out, err]).toEqual([0, '', expect.stringContaining('exceeded maximum size')]);
  });

  it.each([
    [['--allow', '/none/such'], 'is not a folder'],
    [['--for', 'nothing'], 'There is no preset "nothing"'],
  ])('is a wrong call with %j', async (args, words) => {
    const { code, out, err } = await start(['mcp', ...args], { cwd: folder }).ended;
    expect([code, out, err.replaceAll(/\s+/g, ' ')]).toEqual([2, '', expect.stringContaining(words)]);
  });

  it('ends with the signal that it was sent', async () => {
    const { child, ended } = start(['mcp'], { cwd: folder, isFed: true });
    child.stdin?.write(request(1, 'initialize', INITIALIZE));
    await answersOf(child.stdout as NodeJS.ReadableStream, 1);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
  });
});

/** Uploads, from outside: as the vendor's clients send them, and as nobody should. */
import { createHmac } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { exchangeRaw } from '../server/raw.ts';
import { command, KEY, serve } from './serving.ts';
import {
  type Answer,
  answerOf,
  detect,
  type Fields,
  fieldsOf,
  fileNameOf,
  getPolicy,
  grantFor,
  send,
  upload,
} from './upload-client.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PORTRAIT = readFileSync(fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url)));
const PROFILE = readFileSync(fileURLToPath(new URL('../../examples/profile.jpg', import.meta.url)));
const MIB = 1024 * 1024;
const MOST_BYTES = 10 * MIB;
const HOUR_S = 3_600;
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

let data: string;
let url: string;
/** For so many requests a second that rates are another subject. */
let key: string;
/** Of another account. */
let other: string;

const cleanup = cleanupAfterAll();

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'lpd-uploads-'));
  cleanup(() => rmSync(data, { recursive: true, force: true }));
  key = (await command(data, 'keys', 'create', '--name', 'first', '--qps', '1000')).trim();
  other = (await command(data, 'keys', 'create', '--name', 'other', '--qps', '1000')).trim();
  ({ url } = await serve(cleanup, data));
});

const outcome = ({ status, reason }: Answer) => [status, reason];

/** All uploads on the disk. */
function kept(folder = data): string[] {
  const root = join(folder, 'uploads');
  const accounts = readdirSync(root).filter((name) => /^[0-9a-f]{16}$/.test(name));
  return accounts.flatMap((name) => readdirSync(join(root, name)).map((file) => join(root, name, file)));
}

function parts(folder = data): string[] {
  return readdirSync(join(folder, 'uploads')).filter((name) => name.endsWith('.part'));
}

/** Signs a policy with the service's own key, which only those have who can read its data folder. */
function signed(expiration: Date, keyId: string, folder: string): Fields {
  const policy = {
    expiration: expiration.toISOString(),
    conditions: [
      ['content-length-range', 1, MOST_BYTES],
      ['starts-with', '$key', `${folder}/`],
      { 'x-oss-object-acl': 'private' },
      { 'x-oss-forbid-overwrite': 'true' },
    ],
  };
  const text = Buffer.from(JSON.stringify(policy)).toString('base64');
  const secret = readFileSync(join(data, 'uploads', 'signing.key'));
  return {
    OSSAccessKeyId: keyId,
    Signature: createHmac('sha256', secret).update(text).digest('base64'),
    policy: text,
    key: `${folder}/a.jpg`,
    'x-oss-object-acl': 'private',
    'x-oss-forbid-overwrite': 'true',
  };
}

describe('as clients do', () => {
  it('gives leave in the vendor’s words', async () => {
    const { status, body } = await getPolicy(url, key);
    expect([status, body]).toEqual([
      200,
      {
        request_id: UUID,
        data: {
          policy: expect.any(String),
          signature: expect.any(String),
          upload_dir: expect.stringMatching(
            /^dashscope-instant\/[0-9a-f]{16}\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}$/,
          ),
          upload_host: `${url}/api/v1/uploads/objects`,
          expire_in_seconds: 300,
          max_file_size_mb: 10,
          capacity_limit_mb: 4096,
          oss_access_key_id: expect.stringMatching(/^[0-9a-f]{16}$/),
          x_oss_object_acl: 'private',
          x_oss_forbid_overwrite: 'true',
        },
      },
    ]);
  });

  it('takes a picture, and looks at it by its oss:// address, twice', async () => {
    const grant = await grantFor(url, key);
    const fields = fieldsOf(grant, 'портрет (1) 100%.jpg');
    expect(await send(grant.upload_host, fields, PORTRAIT)).toEqual({
      status: 200,
      reason: null,
      body: { request_id: UUID },
    });
    for (const _ of [1, 2]) {
      const { status, body } = await detect(url, key, `oss://${fields.key}`);
      expect([status, body.output]).toEqual([200, { pass: true, message: '' }]);
    }
    // One policy is good for several files.
    const second = { ...fields, key: `${grant.upload_dir}/second.jpg` };
    expect((await send(grant.upload_host, second, PROFILE)).status).toBe(200);
    const answer = await detect(url, key, `oss://${second.key}`);
    expect([answer.status, answer.reason, answer.body.output.pass]).toEqual([200, 'face.profile', false]);
  });

  it('takes the address on its own paths, too', async () => {
    const address = await upload(url, key, 'own.jpg', PORTRAIT);
    for (const path of ['/v1/inspect', '/v1/fix']) {
      const answer = await fetch(url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          'X-DashScope-OssResourceResolve': 'enable',
        },
        body: JSON.stringify({ url: address }),
      });
      expect((await answerOf(answer)).body.pass, path).toBe(true);
    }
  });

  it('refuses the address without the header that asks for it', async () => {
    const address = await upload(url, key, 'a.jpg', PORTRAIT);
    const refused = {
      status: 400,
      reason: 'url.invalid',
      body: {
        code: 'InvalidParameter',
        message: 'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
        request_id: UUID,
      },
    };
    expect(await detect(url, key, address, {})).toEqual(refused);
    expect(await detect(url, key, address, { 'X-DashScope-OssResourceResolve': 'disable' })).toEqual(refused);
  });

  it('says where it is by the host that was called, TLS in front included', async () => {
    const { port } = new URL(url);
    const ask = async (...headers: string[]) => {
      const lines = [
        'GET /api/v1/uploads?action=getPolicy HTTP/1.1',
        `Authorization: Bearer ${key}`,
        ...headers,
      ];
      const [answer] = await exchangeRaw(Number(port), [
        `${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`,
      ]);
      return JSON.parse(answer?.body ?? '').data.upload_host;
    };
    expect(await ask('Host: detect.example:81')).toBe('http://detect.example:81/api/v1/uploads/objects');
    expect(await ask('Host: detect.example', 'X-Forwarded-Proto: https')).toBe(
      'https://detect.example/api/v1/uploads/objects',
    );
    expect(await ask('Host: a/b?"<>')).toBe(`${url}/api/v1/uploads/objects`);
  });

  it('answers another verb 405, another action 400, and no key 401', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await fetch(`${url}/api/v1/uploads/`, { method });
      expect([answer.headers.get('allow'), await answerOf(answer)]).toEqual([
        'GET, HEAD',
        {
          status: 405,
          reason: 'upload.method',
          body: {
            code: 'InvalidParameter',
            message: `Request method '${method}' is not supported.`,
            request_id: UUID,
          },
        },
      ]);
    }
    expect(outcome(await getPolicy(url, key, 'model=liveportrait'))).toEqual([400, 'request.query']);
    expect(outcome(await getPolicy(url, 'sk-nobody-knows-this-key'))).toEqual([401, 'key.invalid']);
  });
});

describe('is refused', () => {
  const refuse = async (change: (fields: Fields) => Fields, file: Uint8Array | null = PORTRAIT) => {
    const before = kept();
    const grant = await grantFor(url, key);
    const answer = await send(grant.upload_host, change(fieldsOf(grant, 'a.jpg')), file);
    expect(kept()).toEqual(before);
    expect(parts()).toEqual([]);
    return answer;
  };
  const without = (name: string) => (fields: Fields) =>
    Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));

  it.each<[string, (fields: Fields) => Fields]>([
    [
      'with another policy under the signature',
      (fields) => {
        const policy = Buffer.from(fields.policy ?? '', 'base64').toString();
        return { ...fields, policy: Buffer.from(policy.replace('10485760', '99999999')).toString('base64') };
      },
    ],
    [
      'signed with the API key',
      (fields) => {
        const signature = createHmac('sha256', key)
          .update(fields.policy ?? '')
          .digest('base64');
        return { ...fields, Signature: signature };
      },
    ],
    ['with half a signature', (fields) => ({ ...fields, Signature: fields.Signature?.slice(0, 20) ?? '' })],
    ['without a signature', without('Signature')],
    ['without a policy', without('policy')],
    ['under another key’s id', (fields) => ({ ...fields, OSSAccessKeyId: '0123456789abcdef' })],
  ])('forged: %s', async (_, change) => {
    expect(outcome(await refuse(change))).toEqual([403, 'upload.signature']);
  });

  it('expired', async () => {
    const { oss_access_key_id: id, upload_dir: folder, upload_host: host } = await grantFor(url, key);
    const old = signed(new Date(Date.now() - 1), id, folder);
    expect(outcome(await send(host, old, PORTRAIT))).toEqual([403, 'upload.expired']);
    // The same with time left is taken: it was the time.
    const fresh = signed(new Date(Date.now() + 60_000), id, folder);
    expect(outcome(await send(host, fresh, PORTRAIT))).toEqual([200, null]);
  });

  it('replayed or overwriting: what is there stays as it is', async () => {
    const grant = await grantFor(url, key);
    const fields = fieldsOf(grant, 'a.jpg');
    expect((await send(grant.upload_host, fields, PORTRAIT)).status).toBe(200);
    for (const file of [PORTRAIT, PROFILE]) {
      const answer = await send(grant.upload_host, fields, file);
      expect([outcome(answer), answer.body.code]).toEqual([[409, 'upload.exists'], 'FileAlreadyExists']);
    }
    const careless = { ...fields, 'x-oss-forbid-overwrite': 'false' };
    expect(outcome(await send(grant.upload_host, careless, PROFILE))).toEqual([403, 'upload.policy']);
    // Of many that come at once, one is first.
    const raced = { ...fields, key: `${grant.upload_dir}/b.jpg` };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(grant.upload_host, raced, PORTRAIT)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect((await detect(url, key, `oss://${fields.key}`)).body.output.pass).toBe(true);
    expect(parts()).toEqual([]);
  });

  it('open to everybody', async () => {
    expect(outcome(await refuse((fields) => ({ ...fields, 'x-oss-object-acl': 'public-read' })))).toEqual([
      403,
      'upload.policy',
    ]);
    expect(outcome(await refuse(without('x-oss-object-acl')))).toEqual([403, 'upload.policy']);
  });

  it('too large, announced or not, or empty', async () => {
    const large = await refuse((fields) => fields, Buffer.alloc(MOST_BYTES + 1));
    expect([outcome(large), large.body.code]).toEqual([[400, 'upload.bytes'], 'EntityTooLarge']);
    expect(large.body.message).toContain(`${MOST_BYTES} bytes`);
    expect(outcome(await refuse((fields) => fields, Buffer.alloc(0)))).toEqual([400, 'upload.bytes']);
    const grant = await grantFor(url, key);
    const endless = formText(fieldsOf(grant, 'endless.jpg'));
    const filler = `100000\r\n${'x'.repeat(MIB)}\r\n`;
    const head = `${endless.length.toString(16)}\r\n${endless}\r\n`;
    const before = kept();
    const [answer] = await exchangeRaw(Number(new URL(url).port), [
      formHead(),
      head,
      ...Array(12).fill(filler),
    ]);
    expect([answer?.status, answer?.headers.get('x-reason')]).toEqual([400, 'upload.bytes']);
    expect([kept(), parts()]).toEqual([before, []]);
    // The largest that may come, comes, and is no picture.
    const address = await upload(url, key, 'largest.jpg', Buffer.alloc(MOST_BYTES));
    expect(outcome(await detect(url, key, address))).toEqual([400, 'image.bytes']);
  });

  it('inflated beyond the limit', async () => {
    const grant = await grantFor(url, key);
    const text = formText(fieldsOf(grant, 'bomb.jpg'));
    const bomb = gzipSync(Buffer.concat([Buffer.from(text), Buffer.alloc(200 * MIB)]));
    const answer = await fetch(grant.upload_host, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect(outcome(await answerOf(answer))).toEqual([400, 'upload.bytes']);
    expect(parts()).toEqual([]);
  });

  it('into another account, and read from there', async () => {
    const [mine, theirs] = [await grantFor(url, key), await grantFor(url, other)];
    const into = { ...fieldsOf(mine, 'a.jpg'), key: `${theirs.upload_dir}/a.jpg` };
    expect(outcome(await send(mine.upload_host, into, PORTRAIT))).toEqual([403, 'upload.policy']);
    const lent = { ...into, OSSAccessKeyId: theirs.oss_access_key_id };
    expect(outcome(await send(mine.upload_host, lent, PORTRAIT))).toEqual([403, 'upload.policy']);
    const address = await upload(url, other, 'theirs.jpg', PORTRAIT);
    expect((await detect(url, other, address)).status).toBe(200);
    const nothing = await detect(url, key, address.replace('theirs', 'nothing'));
    expect(await detect(url, key, address)).toEqual({
      ...nothing,
      body: { ...nothing.body, request_id: UUID },
    });
    expect([outcome(nothing), nothing.body.message]).toEqual([
      [400, 'upload.unknown'],
      'Failed to download input files.',
    ]);
  });

  it.each([
    '../a.jpg',
    '../../../../etc/passwd',
    'a/../../../b.jpg',
    '..',
    './a.jpg',
    'a//b.jpg',
    '',
    'a\\..\\..\\b.jpg',
    '%2e%2e/a.jpg',
    '..%2fa.jpg',
    'a%00.jpg',
    'a\0.jpg',
    'é'.repeat(500),
  ])('climbing, or with a name that is none: %j', async (name) => {
    const answer = await refuse((fields) => ({ ...fields, key: fields.key?.replace(/a\.jpg$/, '') + name }));
    expect(outcome(answer)).toEqual([400, 'upload.key']);
  });

  it('outside of its folder', async () => {
    for (const key of ['/etc/passwd', 'a.jpg', '', '../uploads/signing.key']) {
      expect(outcome(await refuse((fields) => ({ ...fields, key })))).toEqual([403, 'upload.policy']);
    }
  });

  it('not as a form with its file last', async () => {
    expect(outcome(await refuse((fields) => fields, null))).toEqual([400, 'upload.form']);
    expect(outcome(await refuse((fields) => ({ ...fields, extra: 'x'.repeat(5_000) })))).toEqual([
      400,
      'upload.form',
    ]);
    const { upload_host: host, ...grant } = await grantFor(url, key);
    const early = new FormData();
    early.append('file', new Blob([new Uint8Array(PORTRAIT)]), 'a.jpg');
    for (const [name, value] of Object.entries(fieldsOf({ ...grant, upload_host: host }, 'a.jpg')))
      early.append(name, value);
    expect(outcome(await answerOf(await fetch(host, { method: 'POST', body: early })))).toEqual([
      403,
      'upload.signature',
    ]);
    for (const type of [
      'application/json',
      'multipart/form-data',
      `multipart/form-data; boundary=${'b'.repeat(300)}`,
    ]) {
      const answer = await fetch(host, { method: 'POST', headers: { 'content-type': type }, body: '{}' });
      expect(outcome(await answerOf(answer)), type).toEqual([400, 'upload.form']);
    }
    const twice =
      formText({ policy: 'x' }, false) + formText(fieldsOf({ ...grant, upload_host: host }, 'a.jpg'));
    const answer = await fetch(host, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${twice}x\r\n--b--\r\n`,
    });
    expect(outcome(await answerOf(answer))).toEqual([400, 'upload.form']);
  });

  it('broken off: nothing of it is there', async () => {
    const grant = await grantFor(url, key);
    const before = kept();
    const text = formText(fieldsOf(grant, 'torn.jpg'));
    const half = `${text.length.toString(16)}\r\n${text}\r\n100000\r\n${'x'.repeat(MIB)}\r\n`;
    // The body ends without the form's end.
    const [answer] = await exchangeRaw(Number(new URL(url).port), [formHead(), half, '0\r\n\r\n']);
    expect([answer?.status, answer?.headers.get('x-reason')]).toEqual([400, 'upload.form']);
    // The connection ends.
    await tear(Number(new URL(url).port), formHead() + half);
    await vi.waitFor(() => expect(parts()).toEqual([]), 10_000);
    expect(kept()).toEqual(before);
  });

  it('of a key that was revoked meanwhile', async () => {
    const secret = (await command(data, 'keys', 'create', '--name', 'gone')).trim();
    const grant = await grantFor(url, secret);
    await command(data, 'keys', 'revoke', 'gone');
    expect(outcome(await send(grant.upload_host, fieldsOf(grant, 'a.jpg'), PORTRAIT))).toEqual([
      403,
      'upload.signature',
    ]);
  });
});

describe('what was uploaded', () => {
  it('is never served', async () => {
    const address = await upload(url, key, 'secret.jpg', PORTRAIT);
    const objectKey = address.slice('oss://'.length);
    const file = kept().find((path) => path.endsWith(fileNameOf(objectKey)));
    const [name, account] = (file ?? '').split('/').reverse();
    const headers = { authorization: `Bearer ${key}` };
    for (const path of [
      `/${objectKey}`,
      `/api/v1/uploads/${objectKey}`,
      `/api/v1/uploads/objects/${objectKey}`,
      `/api/v1/uploads?action=get&key=${encodeURIComponent(objectKey)}`,
      `/uploads/${account}/${name}`,
      `/data/uploads/${account}/${name}`,
      `/examples/..%2f..%2fdata%2fuploads%2f${account}%2f${name}`,
      `/api/v1/uploads/objects`,
    ]) {
      const answer = await fetch(url + path, { headers });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(Buffer.from(await answer.arrayBuffer()).includes(PORTRAIT.subarray(2_000, 2_032))).toBe(false);
    }
  });

  it('is read from the disk, whatever host its address seems to name', async () => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void listener.close());
    const { port } = listener.address() as AddressInfo;
    for (const address of [
      `oss://127.0.0.1:${port}/a.jpg`,
      `oss://bucket@127.0.0.1:${port}/dashscope-instant/a`,
    ]) {
      expect(outcome(await detect(url, key, address))).toEqual([400, 'upload.unknown']);
    }
    expect(connections).toBe(0);
  });

  it('is nobody’s after 48 hours, and gone with the next sweep', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-uploads-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await serve((task) => onTestFinished(task), folder);
    const [old, young] = [
      await upload(first.url, KEY, 'old.jpg', PORTRAIT),
      await upload(first.url, KEY, 'young.jpg', PORTRAIT),
    ];
    const age = (address: string, hours: number) => {
      const file =
        kept(folder).find((path) => path.endsWith(fileNameOf(address.slice('oss://'.length)))) ?? '';
      utimesSync(file, Date.now() / 1000, Date.now() / 1000 - hours * HOUR_S);
    };
    age(old, 48.01);
    age(young, 47.9);
    expect(outcome(await detect(first.url, KEY, old))).toEqual([400, 'upload.unknown']);
    expect((await detect(first.url, KEY, young)).status).toBe(200);
    expect((await first.end('SIGTERM')).code).toBe(0);
    await serve((task) => onTestFinished(task), folder);
    expect(kept(folder).map((path) => path.split('/').at(-1))).toEqual([
      fileNameOf(young.slice('oss://'.length)),
    ]);
  });

  it('is held to numbers, bytes, and a floor of the disk, each named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-uploads-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const second = (await command(folder, 'keys', 'create', '--name', 'second', '--qps', '100')).trim();
    const third = (await command(folder, 'keys', 'create', '--name', 'third', '--qps', '100')).trim();
    const run = async (...args: string[]) => {
      const { url: base, end } = await serve((task) => onTestFinished(task), folder, { args });
      const put = async (secret: string, bytes = 1_000) => {
        const grant = await grantFor(base, secret);
        const { status, reason, body } = await send(
          grant.upload_host,
          fieldsOf(grant, 'a.jpg'),
          Buffer.alloc(bytes),
        );
        return [status, reason, status === 200 ? '' : body.message.split('. ').at(-1)];
      };
      return { put, end: () => end('SIGTERM') };
    };
    const taken = [200, null, ''];
    let { put, end } = await run('--upload-key-files', '2', '--upload-files', '3');
    expect([await put(second), await put(second)]).toEqual([taken, taken]);
    expect(await put(second)).toEqual([429, 'upload.key_full', 'A key may have 2 uploads.']);
    expect(await put(third)).toEqual(taken);
    expect(await put(third)).toEqual([507, 'upload.full', 'The service keeps 3 uploads.']);
    await end();
    ({ put, end } = await run('--upload-key-mib', '1', '--disk-floor-mib', '1073741824'));
    // What was there before counts.
    expect(await put(second, MIB - 1_000)).toEqual([
      429,
      'upload.key_full',
      'The uploads of a key may take 1 MiB.',
    ]);
    expect((await put(third)).slice(0, 2)).toEqual([507, 'upload.disk_full']);
    await end();
  });
});

it('compressed ones are held to the same limits, and give back what they did not need', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-uploads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const args = ['--upload-key-mib', '12'];
  const { url: base } = await serve((task) => onTestFinished(task), folder, { args });
  const grant = await grantFor(base, KEY);
  const put = async (name: string, bytes: number) => {
    const form = Buffer.concat([
      Buffer.from(formText(fieldsOf(grant, name))),
      Buffer.alloc(bytes),
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-encoding': 'gzip' };
    const answer = await fetch(grant.upload_host, { method: 'POST', headers, body: gzipSync(form) });
    return outcome(await answerOf(answer));
  };
  const [taken, full] = [
    [200, null],
    [429, 'upload.key_full'],
  ];
  expect([await put('first', 1_000), await put('second', 1_000)]).toEqual([taken, taken]);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, no) => put(String(no), 9 * MIB)));
  expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
  expect(answers.filter(([status]) => status !== 200)).toEqual(Array(7).fill(full));
  expect(kept(folder).map((path) => statSync(path).size)).toEqual(expect.arrayContaining([9 * MIB]));
  expect(kept(folder)).toHaveLength(3);
});

it('many uploads and a kill -9 leave exactly the answered ones', async () => {
  const wanted = Number(process.env.UPLOADS ?? 200);
  const together = 8;
  const folder = mkdtempSync(join(tmpdir(), 'lpd-uploads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await serve((task) => onTestFinished(task), folder);
  const grant = await grantFor(first.url, KEY);
  const bytesOf = (no: number) => Buffer.concat([PORTRAIT, Buffer.from(`picture ${no}`)]);
  const answered: number[] = [];
  const asked: number[] = [];
  let next = 0;
  const sendAll = async () => {
    while (next < wanted * 2) {
      const no = next++;
      asked.push(no);
      const fields = fieldsOf(grant, `${no}.jpg`);
      const put = () => send(grant.upload_host, fields, bytesOf(no)).catch(() => undefined);
      let answer = await put();
      for (; answer?.reason === 'key.rate'; answer = await put()) await sleep(50);
      if (answer === undefined) return;
      expect(outcome(answer)).toEqual([200, null]);
      answered.push(no);
      if (answered.length === wanted) process.kill(first.pid, 'SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: together }, sendAll));
  expect(answered.length).toBeGreaterThanOrEqual(wanted);

  // What a dead process was writing goes once it is too old to be under way.
  const dead = [...parts(folder), 'another.part'].map((name) => join(folder, 'uploads', name));
  for (const path of dead) {
    appendFileSync(path, 'x');
    utimesSync(path, 1, 1);
  }
  const second = await serve((task) => onTestFinished(task), folder);
  expect(parts(folder)).toEqual([]);
  const nameOf = (no: number) => fileNameOf(`${grant.upload_dir}/${no}.jpg`);
  const there = new Map(kept(folder).map((path) => [path.split('/').at(-1) ?? '', path]));
  for (const no of answered) {
    const path = there.get(nameOf(no)) ?? '';
    expect(existsSync(path), `${no}.jpg`).toBe(true);
    expect(readFileSync(path).equals(bytesOf(no)), `${no}.jpg`).toBe(true);
  }
  // Beside them there is at most what was under way, and each as a whole.
  const others = [...there.keys()].filter((name) => !answered.some((no) => nameOf(no) === name));
  expect(others.length).toBeLessThanOrEqual(together);
  for (const name of others) {
    const no = asked.find((each) => nameOf(each) === name);
    expect(no).toBeDefined();
    expect(readFileSync(there.get(name) ?? '').equals(bytesOf(no ?? -1))).toBe(true);
  }
  // The new process knows them: what is there is read, and not overwritten.
  const [last = -1] = answered.slice(-1);
  expect((await detect(second.url, KEY, `oss://${grant.upload_dir}/${last}.jpg`)).body.output.pass).toBe(
    true,
  );
  const again = await send(`${second.url}/api/v1/uploads/objects`, fieldsOf(grant, `${last}.jpg`), PROFILE);
  expect(outcome(again)).toEqual([409, 'upload.exists']);
});

/** The form up to the first byte of its file, with the boundary "b"; of fields alone, where there is no file. */
function formText(fields: Fields, hasFile = true): string {
  const lines = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
  return lines.join('') + (hasFile ? file : '');
}

/** The head of such a form's request, whose length is not said. */
function formHead(): string {
  const lines = [
    'POST /api/v1/uploads/objects HTTP/1.1',
    'Host: a',
    'Content-Type: multipart/form-data; boundary=b',
    'Transfer-Encoding: chunked',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends so much, and ends the connection once it is on its way. */
async function tear(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(text, () => resolve());
  });
  await vi.waitFor(() => expect(parts()).toHaveLength(1), 10_000);
  socket.destroy();
}

/** `best`: the built program over folders and films, with ffmpeg and with what only calls itself a film or ffmpeg. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { flat, OBSTRUCTED, PASS } from '../cli/pictures.ts';
import { start } from '../cli/spawn.ts';
import { HAS_FFMPEG, makeFilm } from './films.ts';

// Each command loads its models anew, on machines that others share.
vi.setConfig({ testTimeout: 120_000 });

const DRAWN = fileURLToPath(new URL('../fixtures/drawn/', import.meta.url));
const PROFILE = join(DRAWN, 'yaw+70.jpg');
/** Longest wait for what a process is to do, in ms, on however busy a machine. */
const PATIENCE = { timeout: 90_000, interval: 50 };

let folder: string;
let server: Server;
let port: number;
let visits = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lpd-best-'));
  server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const best = (...args: string[]) => start(['best', '--jobs', '2', ...args]).ended;
const rowsOf = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** A folder with copies of pictures, by name. */
function folderOf(name: string, pictures: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [as, from] of Object.entries(pictures)) copyFileSync(from, join(path, as));
  return path;
}

/** A program called ffmpeg, in a folder that is the whole PATH but for a shell's own. */
function fakeFfmpeg(script: string): NodeJS.ProcessEnv {
  const path = mkdtempSync(join(folder, 'path-'));
  writeFileSync(join(path, 'ffmpeg'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: [path, '/usr/bin', '/bin'].join(delimiter) };
}

/** What begins as an MP4 does. */
function mp4Like(name: string, rest = ''): string {
  const path = join(folder, name);
  writeFileSync(path, `\0\0\0\x18ftypisom\0\0\0\0${rest}`, 'latin1');
  return path;
}

describe('photos', () => {
  test('the best one first, with its weakest point, and only so many', async () => {
    const photos = folderOf('photos', {
      'a-mask.jpg': OBSTRUCTED,
      'b-turned.jpg': join(DRAWN, 'yaw+40.jpg'),
      'c-front.jpg': PASS,
      'd-profile.jpg': PROFILE,
      'e-talks.jpg': join(DRAWN, 'mouth-open.jpg'),
    });
    const { code, out, err } = await best(photos, '--top', '3');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^ +quality +picture +verdict +weakest point$/);
    expect(lines[1]).toMatch(/^1 +\d+\.\d +\S*c-front\.jpg +pass +\S/);
    expect(lines.slice(2).join()).not.toMatch(/mask|profile/);
    expect(err).toBe('5 looked at: 3 pass, 2 fail; 0 could not be inspected\n');

    const json = rowsOf((await best(photos, '--top', '5', '--json')).out);
    expect(json.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    expect(json.map(({ pass }) => pass)).toEqual([true, true, true, false, false]);
    const scores = json.map(({ quality }) => quality.score);
    expect(scores.slice(0, 3)).toEqual(scores.slice(0, 3).sort((a, b) => b - a));
    // Not by a rule of their own, but by what is measured on them.
    expect(Math.max(...scores.slice(3))).toBeLessThan(scores[2] / 2);
    expect(json.find(({ file }) => file.endsWith('b-turned.jpg')).why).toMatch(/turned \d+° to the side/);
    expect(json[0]).toMatchObject({ seconds: null, written: null, subject: { mesh: expect.any(Array) } });
  });

  test('--out has those that pass, as they are, by rank', async () => {
    const photos = folderOf('some', { 'front.jpg': PASS, 'mask.jpg': OBSTRUCTED });
    const out = join(folder, 'chosen');
    const { code } = await best(photos, '--out', out);
    expect(code).toBe(1);
    expect(readdirSync(out)).toEqual(['1-front.jpg']);
    expect(readFileSync(join(out, '1-front.jpg')).equals(readFileSync(PASS))).toBe(true);
  });

  test('exit codes: no face, a broken file, a wrong call', async () => {
    const nobody = join(folder, 'nobody.png');
    const broken = join(folder, 'broken.jpg');
    writeFileSync(nobody, await flat(320, 240, 'png'));
    writeFileSync(broken, 'no picture');
    expect(await best(nobody)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('None of them shows a face.'),
    });
    const withBroken = await best(PASS, broken);
    expect(withBroken).toMatchObject({ code: 3, err: expect.stringContaining('image.unsupported') });
    expect(withBroken.out).toMatch(/^1 .*pass\.jpg/m);
    for (const args of [[], ['--top', '0', PASS], ['--top', '51', PASS], [join(folder, 'nowhere.mp4')]]) {
      expect((await best(...args)).code, args.join(' ')).toBe(2);
    }
  });
});

test('check --sort quality prints the best first, as text, JSON and CSV, and leaves nothing behind', async () => {
  const photos = folderOf('sorted', { 'a.jpg': PROFILE, 'b.jpg': PASS, 'c.jpg': OBSTRUCTED });
  writeFileSync(join(photos, 'd.jpg'), 'no picture');
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const check = async (...args: string[]) =>
    (await start(['check', '--sort', 'quality', ...args, photos], { env: { TMPDIR } }).ended).out;
  const json = rowsOf(await check('--json'));
  const scores = json.map(({ quality }) => quality?.score ?? -1);
  expect(json[0].file).toMatch(/b\.jpg$/);
  expect(json[3].error.code).toBe('image.unsupported');
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  const text = await check();
  expect(text.split('\n')[0]).toMatch(/^pass {3} *\d+\.\d {2}\S*b\.jpg/);
  expect(text.split('\n')[3]).toMatch(/^error {2} +- {2}\S*d\.jpg/);
  expect((await check('--csv')).split('\n').map((line) => /(\w)\.jpg/.exec(line)?.[1])).toEqual([
    undefined,
    ...json.map(({ file }) => /(\w)\.jpg/.exec(file)?.[1]),
    undefined,
  ]);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

describe('a film without ffmpeg', () => {
  test('is told what is missing and how to get it', async () => {
    const { code, out, err } = await start(['best', mp4Like('alone.mp4')], { env: { PATH: folder } }).ended;
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/needs the program ffmpeg.*\n.*apt install ffmpeg/);
  });
});

describe('what only calls itself a film', () => {
  const NAMES = { 'a list of addresses': hls, 'a list of files': concat, 'a script': script };
  function hls(): string {
    return `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:${port}/a.ts\nfile://${PASS}\n#EXT-X-ENDLIST\n`;
  }
  function concat(): string {
    return `ffconcat version 1.0\nfile 'http://127.0.0.1:${port}/b.mp4'\nfile '${PASS}'\n`;
  }
  function script(): string {
    return '#!/bin/sh\nexit 0\n';
  }

  test.each(Object.entries(NAMES))('%s is not handed to ffmpeg at all', async (_, make) => {
    const marker = join(folder, 'was-called');
    const film = join(folder, 'film.mp4');
    writeFileSync(film, make());
    const { code, out, err } = await start(['best', film], { env: fakeFfmpeg(`touch '${marker}'`) }).ended;
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('film.unsupported');
    expect(existsSync(marker)).toBe(false);
  });

  test.skipIf(!HAS_FFMPEG).each([
    ['a list of addresses', hls],
    ['a list of files', concat],
  ])('%s behind the first bytes of a film leads nowhere (skipped without ffmpeg)', async (_, make) => {
    const before = visits;
    const heads = {
      'a.mp4': '\0\0\0\x18ftypisom\0\0\0\0',
      'b.avi': 'RIFF\0\0\0\0AVI ',
      'c.webm': '\x1a\x45\xdf\xa3',
    };
    const films = Object.entries(heads).map(([name, head]) => {
      const film = join(folder, name);
      writeFileSync(film, `${head}\n${make()}`, 'latin1');
      return film;
    });
    const { code, out, err } = await best(...films);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    for (const film of films) expect(err).toContain(`${film}  film.unreadable`);
    expect(visits).toBe(before);
  });
});

describe.skipIf(process.platform === 'win32')('ffmpeg', () => {
  test('gets one file, no environment, no folder and no standard input', async () => {
    const seen = join(folder, 'seen');
    const film = mp4Like('-i evil.mp4');
    const env = {
      ...fakeFfmpeg(`{ env; pwd; for a; do echo "arg $a"; done; } >> '${seen}'; exit 1`),
      FFREPORT: `file=${join(folder, 'report')}`,
      LPD_SECRET: 'secret',
    };
    expect((await start(['best', film], { env }).ended).code).toBe(3);
    const told = readFileSync(seen, 'utf8');
    expect(told).not.toMatch(/FFREPORT|secret|^HOME=/m);
    expect(told).toMatch(/^\/$/m);
    expect(told).toContain(`arg file:${film}\n`);
    expect(told).toMatch(/arg -nostdin\n(?:.*\n)*arg -protocol_whitelist\narg file\n/);
    expect(told).toMatch(/arg -f\narg mov\narg -i\n/);
    expect(told).toMatch(/arg -enable_drefs\narg 0\n/);
    expect(told).toMatch(/arg -format_whitelist\narg mov\narg -codec_whitelist\narg h264,/);
  });

  test('that never ends is killed when the program is interrupted', async () => {
    const pidFile = join(folder, 'pid');
    const { child, ended } = start(['best', mp4Like('slow.mp4')], {
      env: fakeFfmpeg(`echo $$ > '${pidFile}'; exec sleep 1000`),
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toMatch(/\d+\n/), PATIENCE);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, out: '' });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), PATIENCE);
  });

  test('that writes without end is stopped, and so is what it says', async () => {
    const film = mp4Like('endless.mp4');
    const { code, out, err } = await start(['best', film], {
      env: fakeFfmpeg('yes "a line of a log that is rather long" | head -c 20000000 >&2; exec cat /dev/zero'),
    }).ended;
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('film.unreadable');
    expect(err.length).toBeLessThan(10_000);
  });
});

describe.skipIf(!HAS_FFMPEG)(
  `a film${HAS_FFMPEG ? '' : ' (skipped; to run: apt-get install ffmpeg)'}`,
  () => {
    /** What the drawn film shows, a second each. */
    const SCENES = ['yaw+70', 'mask', 'yaw+0', 'yaw+40', 'mouth-open'];
    const FRONT = [2, 3] as const;
    const RATE = 3;
    let film: string;
    beforeAll(async () => {
      const frames = mkdtempSync(join(folder, 'frames-'));
      for (const [at, scene] of SCENES.entries()) {
        const picture = await sharp(readFileSync(join(DRAWN, `${scene}.jpg`)))
          .resize(512, 512)
          .jpeg({ quality: 95 })
          .toBuffer();
        for (let i = 0; i < RATE; i++) {
          writeFileSync(join(frames, `${String(at * RATE + i).padStart(3, '0')}.jpg`), picture);
        }
      }
      film = join(folder, 'film.mp4');
      const input = ['-framerate', String(RATE), '-i', join(frames, '%03d.jpg')];
      const output = ['-c:v', 'mpeg4', '-q:v', '2', '-pix_fmt', 'yuv420p', film];
      makeFilm(...input, ...output);
    });

    test('its best frames are those that face the camera, each at its time', async () => {
      const out = join(folder, 'frames');
      const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
      const args = ['best', '--json', '--top', '2', '--out', out, film];
      const { code, out: text } = await start(args, { env: { TMPDIR } }).ended;
      expect(readdirSync(TMPDIR), 'is left in the temporary folder').toEqual([]);
      const rows = rowsOf(text);
      expect(code).toBe(0);
      expect(rows).toHaveLength(2);
      const [first, second] = rows;
      expect(first).toMatchObject({ rank: 1, file: film, pass: true });
      expect(first.seconds).toBeGreaterThanOrEqual(FRONT[0] - 0.01);
      expect(first.seconds).toBeLessThan(FRONT[1]);
      expect(Math.abs(second.seconds - first.seconds)).toBeGreaterThanOrEqual(1);
      expect(second.pass).toBe(true);
      const names = [`1-film-${first.seconds.toFixed(2)}s.jpg`, `2-film-${second.seconds.toFixed(2)}s.jpg`];
      expect(readdirSync(out)).toEqual(names);
      // Written whole: the frame is judged as it was.
      const again = await start(['check', '--json', join(out, names[0]!)]).ended;
      expect(rowsOf(again.out)[0]).toMatchObject({ pass: true, quality: first.quality });
    });

    test('beside pictures, and under a name that says nothing', async () => {
      const odd = join(folder, '-y.bin');
      copyFileSync(film, odd);
      const { code, out } = await best(PASS, odd, '--top', '2');
      expect(code).toBe(0);
      expect(out).toMatch(/^[12] .*pass\.jpg +pass /m);
      expect(out).toMatch(/^[12] .*-y\.bin at 2\.\d\d s +pass /m);
    });

    test('that is cut off gives what there is, and one without a picture is told', async () => {
      const webm = join(folder, 'cut.mkv');
      makeFilm('-i', film, '-c', 'copy', webm);
      writeFileSync(webm, readFileSync(webm).subarray(0, Math.floor(readFileSync(webm).length * 0.8)));
      expect((await best(webm)).code).toBe(0);
      const sound = join(folder, 'sound.mp4');
      makeFilm('-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac', sound);
      const { code, err } = await best(sound);
      expect(code).toBe(3);
      expect(err).toContain('film.unreadable');
    });

    test('is looked at in 240 places at most, and not at all where it is larger than 4K', async () => {
      // As a camera sends it: how long it is, nobody knows.
      const long = join(folder, 'live.mkv');
      makeFilm('-f', 'lavfi', '-i', 'color=gray:s=64x64:r=2:d=150', '-c:v', 'mpeg4', '-live', '1', long);
      const { err } = await best(long);
      expect(err).toMatch(
        /live\.mkv is too long or too large\. Its end was not looked at\.\n240 looked at: /,
      );
      const large = join(folder, 'large.avi');
      makeFilm('-f', 'lavfi', '-i', 'color=gray:s=4200x2400:r=1:d=1', '-c:v', 'mjpeg', large);
      expect(await best(large)).toMatchObject({ code: 3, err: expect.stringContaining('film.unreadable') });
    });
  },
);

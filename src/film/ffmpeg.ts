/** ffmpeg as it is installed: started so that a film can do no more than be decoded. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { Readable } from 'node:stream';
import { DetectError } from '../errors.ts';
import { childEnvironment } from '../workers/environment.ts';
import type { FilmReader } from './container.ts';

/** Decoders that may be used, by their names in ffmpeg: it has hundreds, of which most are old and little looked after. */
const DECODERS = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'libvpx',
  'libvpx-vp9',
  'av1',
  'libdav1d',
  'libaom-av1',
  'mpeg4',
  'mjpeg',
  'prores',
  'png',
];
/**
 * The largest frame that is decoded, in pixels: 4K, as cameras and phones have it. A decoder holds up to 17 of them, which is
 * 240 MB.
 */
export const MAX_PIXELS = 4096 * 2304;
/** Largest piece of memory that ffmpeg may ask for at once, in bytes: what a file says of itself may be any number. */
const MAX_ALLOCATION = 256 * 2 ** 20;
/** Threads of a decoder; each holds frames of its own. */
const THREADS = 2;

/** A process of ffmpeg: what it writes, and what it says. */
export type FfmpegProcess = ChildProcessByStdio<null, Readable, Readable>;

/** How a film is opened. */
export interface FilmSource {
  /** An absolute path. */
  readonly path: string;
  readonly reader: FilmReader;
  /** Decodes key frames only, which takes a fraction of the time. */
  readonly isSparse?: boolean;
}

/**
 * Starts ffmpeg on one film. It reads that one file as what its first bytes say it is, follows nothing that is named in it, asks
 * nobody, and gets neither our environment nor our folder. It is killed when the signal is aborted.
 *
 * @param output what is to be made of the film; ffmpeg's own arguments behind the input
 */
export function startFfmpeg(
  { path, reader, isSparse = false }: FilmSource,
  output: readonly string[],
  signal: AbortSignal,
): FfmpegProcess {
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-max_alloc', String(MAX_ALLOCATION)],
    // No network, no pipes, no lists of files; within QuickTime, no other files either.
    ...['-protocol_whitelist', 'file', '-format_whitelist', reader, '-codec_whitelist', DECODERS.join(',')],
    ...(reader === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : []),
    ...['-max_pixels', String(MAX_PIXELS), '-threads', String(THREADS)],
    ...(isSparse ? ['-skip_frame', 'nokey'] : []),
    ...['-f', reader, '-i', `file:${path}`],
    ...output,
  ];
  const { PATH = '' } = process.env;
  return spawn('ffmpeg', args, {
    // Windows looks for programs in the current folder first, where films may come from anywhere.
    cwd: parse(process.cwd()).root,
    env: childEnvironment({ PATH }),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
    killSignal: 'SIGKILL',
  });
}

/**
 * Waits for the end, whatever the exit code: of a damaged film there may be frames all the same.
 *
 * @throws DetectError `film.no_ffmpeg`; why the signal was aborted
 */
export async function endOf(child: FfmpegProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.name === 'AbortError') return;
      reject(new DetectError('film.no_ffmpeg', undefined, { cause }));
    });
  });
}

/** Frames of a film, as JPEGs: enough to find the best ones, and no more than can be looked at in a moment. */
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { endOf, type FfmpegProcess, type FilmSource, startFfmpeg } from './ffmpeg.ts';
import { JpegStream } from './jpeg-stream.ts';

/** Most frames of one film: some ten seconds of inspection on two cores. */
const MAX_FRAMES = 240;
/** Most frames of a second: from one to the next, a blink is over. */
const MAX_RATE = 10;
/** Of longer films, in seconds, key frames only are looked at: to decode all of them would take minutes. */
const LONG_SECONDS = 120;
/** Frames a second where a film does not say how long it is. */
const RATE_OF_UNKNOWN = 2;
/** Frames are as much earlier than the step as times are rounded, in seconds. */
const SLACK_SECONDS = 0.002;
/** Longest edge of a frame: all of a full-HD film, and half as much again as LivePortrait works at. */
const MAX_EDGE = 1920;
/** Bytes of all frames of a film together; a full-HD frame has some 0.5 MB. */
const MAX_BYTES = 256 * 2 ** 20;
/** How long ffmpeg may work on one film, in ms. */
const LIMIT_MS = 120_000;
/** How long it may take to tell how long a film is, in ms: that is at its start or at its end. */
const PROBE_LIMIT_MS = 20_000;
/** What is kept of what ffmpeg says, in characters; a film can make it say much. */
const KEPT_TEXT = 4096;

/** One frame. */
export interface FilmFrame {
  /** When it is shown, from the start. */
  readonly seconds: number;
  readonly jpeg: Uint8Array;
}

/** Frames in the order of their times, and whether a limit ended the search before the film's end. */
export interface FilmFrames {
  readonly frames: readonly FilmFrame[];
  readonly isCutShort: boolean;
}

/**
 * Takes frames from all over a film: at most {@link MAX_FRAMES}, at most ten a second.
 *
 * @param signal ends it
 * @throws DetectError `film.no_ffmpeg`, `film.unreadable`, or why the signal was aborted
 */
export async function takeFrames(source: FilmSource, signal: AbortSignal): Promise<FilmFrames> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const ended = new AbortController();
  const any = AbortSignal.any([signal, limit, ended.signal]);
  const seconds = await readDuration(source, any);
  const rate = seconds === null ? RATE_OF_UNKNOWN : Math.min(MAX_RATE, MAX_FRAMES / Math.max(seconds, 1));
  const isSparse = seconds !== null && seconds > LONG_SECONDS;
  const child = startFfmpeg({ ...source, isSparse }, samplingAt(rate), any);
  const said = listen(child);
  const jpegs: Uint8Array[] = [];
  const stream = new JpegStream();
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) ended.abort();
    else jpegs.push(...stream.add(chunk));
  });
  await endOf(child);
  signal.throwIfAborted();
  if (jpegs.length === 0) throw unreadable(limit.aborted, said.last());
  const frames = jpegs.map((jpeg, at) => ({ jpeg, seconds: said.times[at] ?? at / rate }));
  const isFull = seconds === null && jpegs.length === MAX_FRAMES;
  return { frames, isCutShort: limit.aborted || ended.signal.aborted || isFull };
}

/** How long a film says it is, in seconds; null where it does not. */
async function readDuration(source: FilmSource, signal: AbortSignal): Promise<number | null> {
  const ended = new AbortController();
  const any = AbortSignal.any([signal, AbortSignal.timeout(PROBE_LIMIT_MS), ended.signal]);
  // Without anything to make, ffmpeg tells what there is and ends.
  const child = startFfmpeg(source, [], any);
  let text = '';
  child.stdout.on('data', () => ended.abort());
  child.stderr.on('data', (chunk: Buffer) => {
    text = `${text}${chunk}`.slice(-KEPT_TEXT * 4);
  });
  await endOf(child);
  const [, hours, minutes, seconds] = /^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(text) ?? [];
  if (seconds === undefined) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** ffmpeg's arguments for so many frames a second. */
function samplingAt(rate: number): string[] {
  const step = (1 / rate - SLACK_SECONDS).toFixed(4);
  const scale = `min(1,${MAX_EDGE}/max(iw*sar,ih))`;
  const filters = [
    `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${step})'`,
    'showinfo',
    // Times without gaps, or ffmpeg would fill them with copies.
    "setpts='N/(25*TB)'",
    `scale=w='trunc(iw*sar*${scale})':h='trunc(ih*${scale})'`,
    'setsar=1',
  ];
  return [
    // The first track that is a film; a cover picture is not a film.
    ...['-map', '0:V:0', '-an', '-sn', '-dn', '-vf', filters.join(','), '-frames:v', String(MAX_FRAMES)],
    ...['-r', '25', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '2', '-f', 'image2pipe', 'pipe:1'],
  ];
}

/** Hears what ffmpeg says: the time of each frame, and the last line. */
function listen(child: FfmpegProcess): { readonly times: number[]; last(): string } {
  const times: number[] = [];
  let text = '';
  let lastLine = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${text}${chunk}`.split('\n');
    text = (lines.pop() ?? '').slice(-KEPT_TEXT);
    for (const line of lines) {
      const [, time] = /^\[Parsed_showinfo.* pts_time:\s*(-?[\d.]+)/.exec(line) ?? [];
      if (time !== undefined && times.length < MAX_FRAMES) times.push(Math.max(0, Number(time)));
      if (line.trim() !== '') lastLine = line;
    }
  });
  return { times, last: () => lastLine.slice(0, KEPT_TEXT) };
}

function unreadable(isSlow: boolean, lastLine: string): DetectError {
  const why = isSlow
    ? fill(COMMAND_DETAILS.filmSlow, { seconds: LIMIT_MS / 1000 })
    : fill(COMMAND_DETAILS.filmFrames, { line: lastLine });
  return new DetectError('film.unreadable', why);
}

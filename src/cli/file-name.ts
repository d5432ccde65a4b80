/**
 * Names of files as text. On Linux they are bytes; those that are not UTF-8 are kept as lone surrogates, as Python does
 * (PEP 383), so that each name has a text of its own and can be opened again.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';

/** Longest name of a file, in bytes, on the file systems in use. */
const MOST_NAME_BYTES = 255;
/** Of a hash of the whole name. */
const MARK_DIGITS = 8;
/** 0xDC80 … 0xDCFF stand for the bytes 0x80 … 0xFF. */
const BYTES = 0xdc00;
const LONE_BYTE = /[\udc80-\udcff]/u;
const REPLACEMENT = '\ufffd';
/** How many bytes a character has that begins with this one; 0 for a byte that begins none. */
const lengthFrom = (lead: number) =>
  lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;

/** A name from its bytes. */
export function nameOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes(REPLACEMENT)) return text;
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthFrom(bytes[at]);
    const character = bytes.subarray(at, at + length);
    const decoded = character.toString('utf8');
    const isWhole = length > 0 && Buffer.from(decoded).equals(character);
    name += isWhole ? decoded : String.fromCharCode(BYTES + bytes[at]);
    at += isWhole ? length : 1;
  }
  return name;
}

/** A path as the file system takes it. */
export function pathOf(name: string): string | Buffer {
  if (!LONE_BYTE.test(name)) return name;
  return Buffer.concat(
    Array.from(name, (character) => {
      const code = character.charCodeAt(0);
      return LONE_BYTE.test(character) ? Buffer.of(code - BYTES) : Buffer.from(character);
    }),
  );
}

/**
 * A path for a new file whose name may be longer than file systems take, as one that was made of another name: what is too long is cut
 * off before the ending, and in its place stands what tells it from others that begin the same.
 */
export function fitting(path: string): string {
  const name = basename(path);
  if (bytesOf(name) <= MOST_NAME_BYTES) return path;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, MARK_DIGITS)}`;
  const end = mark + extname(name);
  const characters = [...name.slice(0, name.length - extname(name).length)];
  while (bytesOf(characters.join('') + end) > MOST_NAME_BYTES && characters.length > 0) characters.pop();
  return join(dirname(path), characters.join('') + end);
}

function bytesOf(name: string): number {
  return Buffer.from(pathOf(name)).length;
}

/**
 * The arguments of this process. Node reads them as UTF-8, and puts a mark where a byte does not fit.
 *
 * @param args as Node has them
 * @param commandLine reads the bytes of the whole command line, each argument with a 0 behind it
 */
export function argumentsOf(args: readonly string[], commandLine: () => Buffer): readonly string[] {
  if (!args.some((argument) => argument.includes(REPLACEMENT))) return args;
  try {
    const bytes = commandLine();
    const exact: string[] = [];
    for (let from = 0, end = bytes.indexOf(0); end !== -1; from = end + 1, end = bytes.indexOf(0, from)) {
      exact.push(nameOf(bytes.subarray(from, end)));
    }
    return args.length > 0 ? exact.slice(-args.length) : args;
  } catch {
    // Only Linux has it as a file.
    return args;
  }
}

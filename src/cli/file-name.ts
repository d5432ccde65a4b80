/**
 * Names of files as text. On Linux they are bytes; those that are not UTF-8 are kept as lone surrogates, as Python does
 * (PEP 383), so that each name has a text of its own and can be opened again.
 */

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

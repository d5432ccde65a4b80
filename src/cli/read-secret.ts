/** A key that is given on standard input, so that it stands in no list of processes and in no shell's history. */
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import { isWellFormed, looksRandom, SECRET_MAX_LENGTH, SECRET_MIN_LENGTH } from '../store/secret.ts';

/** Most bytes that are read: the longest key, and the line's end. */
const MOST_BYTES = SECRET_MAX_LENGTH + 2;

/**
 * Reads the key: one line, whose end may be missing.
 *
 * @throws DetectError `key.input`, which does not repeat it
 */
export async function readSecret(stdin: NodeJS.ReadableStream): Promise<string> {
  if ('isTTY' in stdin && stdin.isTTY === true) {
    throw new DetectError('key.input', SERVICE_DETAILS.keyShown);
  }
  const secret = (await readStart(stdin)).replace(/\r?\n$/, '');
  if (!isWellFormed(secret)) {
    throw new DetectError(
      'key.input',
      fill(SERVICE_DETAILS.noKeyPiped, { least: SECRET_MIN_LENGTH, most: SECRET_MAX_LENGTH }),
    );
  }
  if (!looksRandom(secret)) {
    throw new DetectError('key.input', SERVICE_DETAILS.keyGuessed);
  }
  return secret;
}

/** As much as a key can be, and one byte more, by which one sees that it is not a key. */
async function readStart(stdin: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stdin) {
    pieces.push(Buffer.from(piece));
    bytes += pieces.at(-1)?.length ?? 0;
    if (bytes > MOST_BYTES) break;
  }
  return Buffer.concat(pieces).toString('latin1');
}

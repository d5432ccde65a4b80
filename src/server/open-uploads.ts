/** The uploads of a service. */
import { join } from 'node:path';
import { FolderStore } from '../uploads/folder-store.ts';
import { Uploads } from '../uploads/uploads.ts';
import { MIB, type Options } from './options.ts';

/** The folder of uploads in the data folder. */
export const UPLOADS_FOLDER = 'uploads';

const HOUR_MS = 3_600_000;

/**
 * Opens them.
 *
 * @param onTrouble told of what went wrong with the store while nobody waited, for the log
 * @returns undefined where the operator wants none
 * @throws DetectError `upload.unavailable`
 */
export async function openUploads(
  options: Options,
  onTrouble: (error: unknown) => void,
): Promise<Uploads | undefined> {
  if (options.uploadHours === 0) return undefined;
  const folder = join(options.dataDir, UPLOADS_FOLDER);
  return await Uploads.open({
    store: await FolderStore.open(folder),
    folder,
    lifeMs: options.uploadHours * HOUR_MS,
    limits: {
      keyFiles: options.uploadKeyFiles,
      keyBytes: options.uploadKeyMib * MIB,
      files: options.uploadFiles,
      bytes: options.uploadMib * MIB,
    },
    floorBytes: options.diskFloorMib * MIB,
    onTrouble,
  });
}

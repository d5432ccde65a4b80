/** The uploads of a service. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { makeFolder } from '../store/folder.ts';
import { FolderStore } from '../uploads/folder-store.ts';
import type { UploadStore } from '../uploads/store.ts';
import { Uploads } from '../uploads/uploads.ts';
import { causesOf } from './causes.ts';
import { MIB, type Options } from './options.ts';

/** The folder of uploads in the data folder. */
const UPLOADS_FOLDER = 'uploads';

const FOLDER_MODE = 0o700;
const HOUR_MS = 3_600_000;

/**
 * Opens them.
 *
 * @returns undefined where the operator wants none
 * @throws DetectError `upload.unavailable`, `option.invalid`
 */
export async function openUploads(options: Options, log: Logger): Promise<Uploads | undefined> {
  if (options.uploadHours === 0) return undefined;
  if (options.databaseUrl !== undefined && options.uploadS3Url === undefined) {
    log.warn('uploads are in the data folder of this machine alone: several machines need LPD_UPLOAD_S3_URL');
  }
  const folder = join(options.dataDir, UPLOADS_FOLDER);
  return await Uploads.open({
    store: await openStore(options, folder),
    folder,
    lifeMs: options.uploadHours * HOUR_MS,
    limits: {
      keyFiles: options.uploadKeyFiles,
      keyBytes: options.uploadKeyMib * MIB,
      files: options.uploadFiles,
      bytes: options.uploadMib * MIB,
    },
    floorBytes: options.diskFloorMib * MIB,
    onTrouble: (text, error) => log.warn({ err: causesOf(error) }, text),
  });
}

async function openStore(options: Options, folder: string): Promise<UploadStore> {
  const { uploadS3Url: url, uploadS3KeyId: accessKeyId, uploadS3Secret: secretAccessKey } = options;
  if (url === undefined) return await FolderStore.open(folder);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new DetectError('option.invalid', SERVICE_DETAILS.s3Keys);
  }
  makeFolder(folder, FOLDER_MODE);
  // Loaded by those who use it.
  const { S3Store } = await import('../uploads/s3-store.ts');
  const region = options.uploadS3Region;
  return await S3Store.open({ url, region, accessKeyId, secretAccessKey }, folder);
}

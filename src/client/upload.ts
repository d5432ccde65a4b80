/** A file that becomes an address, as the vendor's clients do it: permission is asked for, and a form sent. */
import { UPLOADS_PATH } from '../wire/paths.ts';
import { ServiceError } from './error.ts';
import { objectOf, unexpected } from './reading.ts';
import type { Call, Sender } from './sender.ts';

/** Largest answers in bytes: a permission has some 1,000; of a form's, nothing is read but that it was taken. */
const MOST_GRANT_BYTES = 64 * 1024;
/** What the object is called, below a folder that no other upload has. */
const NAME = 'picture';

/** Permission to upload. */
interface Grant {
  readonly policy: string;
  readonly signature: string;
  readonly upload_dir: string;
  readonly upload_host: string;
  readonly oss_access_key_id: string;
  readonly x_oss_object_acl: string;
  readonly x_oss_forbid_overwrite: string;
}

const MEMBERS: readonly (keyof Grant)[] = [
  'policy',
  'signature',
  'upload_dir',
  'upload_host',
  'oss_access_key_id',
  'x_oss_object_acl',
  'x_oss_forbid_overwrite',
];

/**
 * Uploads a file.
 *
 * @returns its address, `oss://…`, for the same key, for 48 hours
 * @throws ServiceError
 */
export async function upload(sender: Sender, call: Call, model: string, file: Blob): Promise<string> {
  const { data, host } = await askPermission(sender, call, model);
  const key = `${data.upload_dir}/${NAME}`;
  const form = new FormData();
  form.set('OSSAccessKeyId', data.oss_access_key_id);
  form.set('Signature', data.signature);
  form.set('policy', data.policy);
  form.set('x-oss-object-acl', data.x_oss_object_acl);
  form.set('x-oss-forbid-overwrite', data.x_oss_forbid_overwrite);
  form.set('key', key);
  form.set('success_action_status', '200');
  // Last: what comes behind it is not read.
  form.set('file', file, NAME);
  try {
    await sender.send(call, { method: 'POST', to: host, body: form, repeat: 'always' }, drop);
  } catch (error) {
    // The folder is this upload's alone: an earlier try whose answer was lost has put it there.
    if (!(error instanceof ServiceError && error.code === 'upload.exists')) throw error;
  }
  return `oss://${key}`;
}

async function askPermission(sender: Sender, call: Call, model: string) {
  const query = new URLSearchParams({ action: 'getPolicy', model });
  const ask = { method: 'GET', to: `${UPLOADS_PATH}?${query}`, repeat: 'always' } as const;
  return await sender.send(call, ask, async (response) => {
    const { data } = await objectOf<{ readonly data: Grant }>(response, MOST_GRANT_BYTES, ({ data }) =>
      MEMBERS.every((name) => typeof data?.[name] === 'string'),
    );
    const host = URL.canParse(data.upload_host) ? new URL(data.upload_host) : undefined;
    // A file that was to be sent by TLS is not sent without.
    const isFit = host && (host.protocol === 'https:' || (host.protocol === 'http:' && !sender.isSecure));
    if (!isFit) throw unexpected(response);
    return { data, host };
  });
}

async function drop({ body }: Response): Promise<void> {
  await body?.cancel();
}

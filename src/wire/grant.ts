/** Permission to upload, as it goes onto the wire: the vendor's members, its flags as strings. */
import { z } from 'zod';

const MIB = 1024 * 1024;

/** What is granted. */
export interface Granted {
  readonly policy: string;
  readonly signature: string;
  readonly folder: string;
  readonly accessKeyId: string;
  readonly acl: string;
  readonly forbidOverwrite: string;
  /** How long it is good, in seconds. */
  readonly seconds: number;
  /** Largest file in bytes. */
  readonly mostBytes: number;
}

/** The body, described. */
export const GrantSchema = z.object({
  request_id: z.uuid(),
  data: z.object({
    policy: z.string(),
    signature: z.string(),
    upload_dir: z.string(),
    upload_host: z.string(),
    expire_in_seconds: z.int(),
    max_file_size_mb: z.int(),
    capacity_limit_mb: z.int(),
    oss_access_key_id: z.string(),
    x_oss_object_acl: z.string(),
    x_oss_forbid_overwrite: z.string(),
  }),
});

/**
 * The body of the answer.
 *
 * @param host     where the form is sent
 * @param keyBytes what the key's uploads may take together
 */
export function grantBody(
  grant: Granted,
  host: string,
  keyBytes: number,
  requestId: string,
): z.output<typeof GrantSchema> {
  return {
    request_id: requestId,
    data: {
      policy: grant.policy,
      signature: grant.signature,
      upload_dir: grant.folder,
      upload_host: host,
      expire_in_seconds: grant.seconds,
      max_file_size_mb: Math.floor(grant.mostBytes / MIB),
      capacity_limit_mb: Math.floor(keyBytes / MIB),
      oss_access_key_id: grant.accessKeyId,
      x_oss_object_acl: grant.acl,
      x_oss_forbid_overwrite: grant.forbidOverwrite,
    },
  };
}

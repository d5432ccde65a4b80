/** Uploading as the vendor's clients do, and as those do who mean harm. */
import { createHash } from 'node:crypto';

/** What `getPolicy` answers. */
export interface Grant {
  readonly policy: string;
  readonly signature: string;
  readonly upload_dir: string;
  readonly upload_host: string;
  readonly oss_access_key_id: string;
  readonly x_oss_object_acl: string;
  readonly x_oss_forbid_overwrite: string;
}

/** What became of a call. */
export interface Answer {
  readonly status: number;
  readonly reason: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of several endpoints
  readonly body: any;
}

/** The fields of a form, in the order in which clients send them. */
export type Fields = Readonly<Record<string, string>>;

export async function answerOf(answer: Response): Promise<Answer> {
  return { status: answer.status, reason: answer.headers.get('x-reason'), body: await answer.json() };
}

/** Asks for leave to upload. */
export async function getPolicy(url: string, secret: string, query = 'action=getPolicy&model=liveportrait') {
  const headers = { authorization: `Bearer ${secret}` };
  return await answerOf(await fetch(`${url}/api/v1/uploads?${query}`, { headers }));
}

/** Leave to upload; fails where there is none. */
export async function grantFor(url: string, secret: string): Promise<Grant> {
  const { status, body } = await getPolicy(url, secret);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.data;
}

/** The fields for a file of that name. */
export function fieldsOf(grant: Grant, name: string): Fields {
  return {
    OSSAccessKeyId: grant.oss_access_key_id,
    Signature: grant.signature,
    policy: grant.policy,
    key: `${grant.upload_dir}/${name}`,
    'x-oss-object-acl': grant.x_oss_object_acl,
    'x-oss-forbid-overwrite': grant.x_oss_forbid_overwrite,
    success_action_status: '200',
    'x-oss-content-type': 'image/jpeg',
  };
}

/** Sends a form, its file last. */
export async function send(host: string, fields: Fields, file: Uint8Array | null): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'a.jpg');
  return await answerOf(await fetch(host, { method: 'POST', body: form, redirect: 'error' }));
}

/** Uploads a file as it should be. @returns its address */
export async function upload(url: string, secret: string, name: string, file: Uint8Array): Promise<string> {
  const grant = await grantFor(url, secret);
  const fields = fieldsOf(grant, name);
  const { status, body } = await send(grant.upload_host, fields, file);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return `oss://${fields.key}`;
}

/** Has a picture looked at by its address. */
export async function detect(
  url: string,
  secret: string,
  address: string,
  headers: Record<string, string> = { 'X-DashScope-OssResourceResolve': 'enable' },
): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1/services/aigc/image2video/face-detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: address }, parameters: {} }),
  });
  return await answerOf(answer);
}

/** What the file of an object's key is called in the folder of its account. */
export function fileNameOf(objectKey: string): string {
  return createHash('sha256').update(objectKey).digest('hex');
}

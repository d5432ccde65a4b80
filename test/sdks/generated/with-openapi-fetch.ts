/** A program on the types of openapi-typescript and openapi-fetch: what it prints, the test reads. */
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

declare const process: {
  readonly env: Record<string, string>;
  readonly stdout: { write(text: string): void };
};
const { BASE = '', KEY = '', PICTURE = '' } = process.env;
const DETECT = '/api/v1/services/aigc/image2video/face-detect';

const client = createClient<paths>({ baseUrl: BASE, headers: { authorization: `Bearer ${KEY}` } });
const judged = await client.POST(DETECT, {
  body: { model: 'liveportrait-detect', input: { image_url: PICTURE } },
});
const refused = await client.POST(DETECT, {
  body: { model: 'liveportrait-detect', input: { image_url: '/tmp/a.jpg' } },
});
const inspected = await client.POST('/v1/inspect', { body: { url: PICTURE, policy: { minFaceWidth: 100 } } });
const policy = await client.GET('/api/v1/uploads', {
  params: { query: { action: 'getPolicy', model: 'liveportrait' } },
});
const made = await client.POST('/v1/jobs', { body: { urls: [PICTURE] } });
const job = await client.GET('/v1/jobs/{id}', { params: { path: { id: made.data?.id ?? '' } } });

process.stdout.write(
  JSON.stringify({
    output: judged.data?.output,
    images: judged.data?.usage.image_count,
    code: refused.error?.code,
    id: refused.error?.request_id === refused.response.headers.get('x-request-id'),
    pass: inspected.data?.pass,
    checks: inspected.data?.checks.map(({ id }) => id).includes('yaw'),
    upload: typeof policy.data?.data.upload_host,
    total: job.data?.total,
  }),
);

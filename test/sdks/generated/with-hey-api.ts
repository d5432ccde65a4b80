/** The same program on the client that @hey-api/openapi-ts makes. */
import { client } from './hey/client.gen.js';
import { createJob, detect, inspect, job, uploadPolicy } from './hey/index.js';

declare const process: {
  readonly env: Record<string, string>;
  readonly stdout: { write(text: string): void };
};
const { BASE = '', KEY = '', PICTURE = '' } = process.env;

client.setConfig({ baseUrl: BASE, auth: KEY });
const judged = await detect({ body: { model: 'liveportrait-detect', input: { image_url: PICTURE } } });
const refused = await detect({ body: { model: 'liveportrait-detect', input: { image_url: '/tmp/a.jpg' } } });
const inspected = await inspect({ body: { url: PICTURE, policy: { minFaceWidth: 100 } } });
const policy = await uploadPolicy({ query: { action: 'getPolicy', model: 'liveportrait' } });
const made = await createJob({ body: { urls: [PICTURE] } });
const found = await job({ path: { id: made.data?.id ?? '' } });

process.stdout.write(
  JSON.stringify({
    output: judged.data?.output,
    images: judged.data?.usage.image_count,
    code: refused.error?.code,
    id: refused.error?.request_id === refused.response?.headers.get('x-request-id'),
    pass: inspected.data?.pass,
    checks: inspected.data?.checks.map(({ id }) => id).includes('yaw'),
    upload: typeof policy.data?.data.upload_host,
    total: found.data?.total,
  }),
);

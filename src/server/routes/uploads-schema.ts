/** What the routes of uploads take and give, for the API's description. */
import { z } from 'zod';
import { ErrorSchema } from '../../wire/contract-schema.ts';
import { GrantSchema } from '../../wire/grant.ts';

const errors = { '4xx': ErrorSchema, '5xx': ErrorSchema };

/** `GET /api/v1/uploads` */
export const grantSchema = {
  operationId: 'uploadPolicy',
  summary: 'Get an upload policy, as DashScope gives it',
  description:
    'Answers with a signed policy, good for 300 seconds. Send it as a form to upload_host, the file last; the picture is then oss:// and the key, for the same API key, in a call with the header X-DashScope-OssResourceResolve: enable.',
  querystring: z.object({
    action: z.literal('getPolicy'),
    model: z.string().optional().describe('Any; an upload is good for all models.'),
  }),
  response: { 200: GrantSchema, ...errors },
};

/** The form. */
export const uploadSchema = {
  operationId: 'upload',
  summary: 'Upload a picture',
  description:
    'The fields as the policy wants them, and the file behind them. It needs no key: the signature says whose it is.',
  security: [],
  body: {
    content: {
      'multipart/form-data': {
        schema: z.object({
          OSSAccessKeyId: z.string(),
          Signature: z.string(),
          policy: z.string(),
          'x-oss-object-acl': z.string(),
          'x-oss-forbid-overwrite': z.string(),
          key: z.string().describe('upload_dir, a slash, and the name of the file.'),
          success_action_status: z.string().optional(),
          file: z.string().meta({ format: 'binary' }),
        }),
      },
    },
  },
  response: { 200: z.object({ request_id: z.uuid() }), ...errors },
};

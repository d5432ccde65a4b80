/** What a request has that the contract refuses, before a picture is looked for. */
import type { CatalogueEntry } from './entry.ts';

const DEFINITION = {
  status: 400,
  code: 'InvalidParamter.OutOfDefinition',
  message: 'The type or value of image_url is out of definition.',
} as const;

const BODY = {
  status: 400,
  code: 'InvalidParameter',
  message: 'Required body invalid, please check the request body format.',
} as const;

export const REQUEST_ERRORS = {
  'request.method': {
    status: 400,
    code: 'InvalidParameter',
    message: "Request method '{method}' is not supported.",
    when: 'The path exists, but not for this method.',
    advice: 'Send a POST, or one of the methods in the header Allow.',
  },
  'key.missing': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'No API-key provided.',
    when: 'The request has no Authorization header.',
    advice: 'Send "Authorization: Bearer <key>".',
  },
  'key.invalid': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'Invalid API-key provided.',
    when: 'The key is unknown, malformed or revoked.',
    advice: 'Use a key made with "liveportrait-detect keys create --name <name>".',
  },
  'key.expired': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'Invalid API-key provided.',
    when: 'The key was made to expire (--expires), and that time has passed.',
    advice: 'Use a new key made with "liveportrait-detect keys create --name <name>", and revoke this one.',
  },
  'key.model': {
    status: 403,
    code: 'Model.AccessDenied',
    message: 'Model access denied.',
    when: 'The key may not use this model.',
    advice: 'Create a key whose --models include it.',
  },
  'key.rate': {
    status: 429,
    code: 'Throttling.RateQuota',
    message: 'Requests rate limit exceeded, please try again later.',
    when: "The key's rate is used up (5 requests per second unless the key says otherwise).",
    advice: 'Wait a second, or create a key with a higher --qps.',
  },
  'key.quota': {
    status: 403,
    code: 'AllocationQuota.FreeTierOnly',
    message: 'The free tier of the model has been exhausted.',
    when: "The key's quota of images is used up.",
    advice: 'Create a key with a higher --quota.',
  },
  'request.async': {
    status: 403,
    code: 'AccessDenied',
    message: 'current user api does not support asynchronous calls',
    when: 'X-DashScope-Async is "enable".',
    advice: 'Leave the header out; the call is synchronous.',
  },
  'body.too_large': {
    status: 400,
    code: 'BadRequest.TooLarge',
    message: 'Payload Too Large.',
    when: 'The request body is larger than its limit.',
    advice: "Send a smaller body. The contract's paths take a URL; a picture itself goes to /v1/inspect.",
  },
  'body.invalid': {
    ...BODY,
    when: 'The request body is not a JSON object.',
    advice: 'Send a JSON object.',
  },
  'request.malformed': {
    ...BODY,
    when: 'The HTTP message itself cannot be read.',
    advice: 'Send a well-formed HTTP/1.1 request with headers under 16 KiB.',
  },
  'request.timeout': {
    ...BODY,
    when: "The request's headers or body did not arrive in time.",
    advice: 'Send the whole request within the time limit.',
  },
  'model.missing': {
    status: 400,
    code: 'BadRequest.EmptyModel',
    message: 'Required parameter "model" missing from request.',
    when: 'The body has no "model".',
    advice: 'Send "model": "liveportrait-detect".',
  },
  'model.unknown': {
    status: 400,
    code: 'InvalidParameter',
    message: 'Model not exist.',
    when: 'The model is not served here.',
    advice: 'Send "model": "liveportrait-detect".',
  },
  'input.missing': {
    status: 400,
    code: 'BadRequest.EmptyInput',
    message: 'Required input parameter missing from request.',
    when: 'The body has no "input".',
    advice: 'Send "input": {"image_url": "…"}.',
  },
  'input.type': {
    status: 400,
    code: 'BadRequest.IllegalInput',
    message: 'The input parameter requires json format.',
    when: '"input" is not an object.',
    advice: 'Send "input": {"image_url": "…"}.',
  },
  'url.missing': {
    status: 400,
    code: 'InvalidParameter',
    message: 'Field required: image_url',
    when: '"input.image_url" is missing or empty.',
    advice: 'Send the address of the picture as "input.image_url".',
  },
  'url.type': {
    ...DEFINITION,
    when: '"input.image_url" is not a string.',
    advice: 'Send "input.image_url" as a string.',
  },
  'model.type': {
    ...DEFINITION,
    when: '"model" is not a string.',
    advice: 'Send "model" as a string.',
  },
  'url.invalid': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    when: 'It is not a plain http:// or https:// URL. It is a path, has another scheme, user info or control characters, or is over 8192 bytes.',
    advice: 'Send a plain http:// or https:// URL.',
  },
} as const satisfies Record<string, CatalogueEntry>;

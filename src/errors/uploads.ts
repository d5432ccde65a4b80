/** Uploads. The codes and sentences are those of OSS, which the vendor's uploads go to. */
import { type CatalogueEntry, INTERNAL } from './entry.ts';

const DENIED = { status: 403, code: 'AccessDenied', message: 'Invalid according to Policy.' } as const;

export const UPLOAD_ERRORS = {
  'upload.method': {
    status: 405,
    code: 'InvalidParameter',
    message: "Request method '{method}' is not supported.",
    when: 'Something else than a GET was sent to /api/v1/uploads.',
    advice: 'GET ?action=getPolicy first, and POST the form to the upload_host of the answer.',
  },
  'upload.off': {
    status: 403,
    code: 'AccessDenied',
    message: 'The service takes no uploads.',
    when: 'The operator switched uploads off (LPD_UPLOAD_HOURS is 0).',
    advice: 'Send the address of the picture, or the picture itself to /v1/inspect.',
  },
  'upload.form': {
    status: 400,
    code: 'MalformedPOSTRequest',
    message: 'The body of your POST request is not well-formed multipart/form-data.',
    when: 'The form of an upload cannot be read, holds a field twice or one that is too long, or does not end with the file.',
    advice: 'Send the fields of getPolicy, and the part "file" behind them.',
  },
  'upload.signature': {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    when: 'The policy of an upload was not signed by this service, or was signed for another key, or its key was revoked.',
    advice: 'Send policy, signature and oss_access_key_id as getPolicy answered them.',
  },
  'upload.expired': {
    ...DENIED,
    message: 'Invalid according to Policy: Policy expired.',
    when: "An upload's policy is older than 300 seconds.",
    advice: 'Ask getPolicy for another one.',
  },
  'upload.policy': {
    ...DENIED,
    when: "A field of the form is not as the upload's policy wants it. The message names the field.",
    advice:
      'Send the fields as getPolicy answered them; the key is upload_dir, a slash and the name of the file.',
  },
  'upload.key': {
    status: 400,
    code: 'InvalidObjectName',
    message: 'The specified object is not valid.',
    when: "An upload's key is longer than 1023 bytes, or has empty or dotted segments or control characters.",
    advice: 'Send upload_dir, a slash and the name of the file.',
  },
  'upload.bytes': {
    status: 400,
    code: 'EntityTooLarge',
    message: 'Your proposed upload exceeds the allowed size.',
    when: 'An upload is empty, or larger than the policy allows. The message names the limit.',
    advice: 'Re-encode the picture below 10 MiB.',
  },
  'upload.exists': {
    status: 409,
    code: 'FileAlreadyExists',
    message: 'The object you specified already exists and can not be overwritten.',
    when: 'There is an upload of that key already; it stays as it is.',
    advice: 'Ask getPolicy for another upload_dir, or send another name.',
  },
  'upload.key_full': {
    status: 429,
    code: 'Throttling',
    message: 'Too many uploads, please try again later.',
    when: 'The key has as many uploads, or as many bytes of them, as one key may have (LPD_UPLOAD_KEY_FILES, LPD_UPLOAD_KEY_MIB). The message names the limit.',
    advice: 'Wait until older ones are over their time, or send the address of the picture.',
  },
  'upload.full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service takes no more uploads now, please try again later.',
    when: 'All keys together have as many uploads, or as many bytes of them, as the service keeps (LPD_UPLOAD_FILES, LPD_UPLOAD_MIB). The message names the limit.',
    advice: 'Send the address of the picture; the operator can raise the limit.',
  },
  'upload.disk_full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service is short of disk space and takes no uploads, please try again later.',
    when: "The service's disk has less free than LPD_DISK_FLOOR_MIB. It answers verdicts still.",
    advice: 'Send the address of the picture; the operator makes room on the disk of the data directory.',
  },
  'upload.unknown': {
    status: 400,
    code: 'InvalidParameter.InputDownloadFailed',
    message: 'Failed to download input files.',
    when: 'The key has no upload of that oss:// address: it is over its time, was not sent to this service, or belongs to another key.',
    advice: 'Upload the picture to this service with the same key.',
  },
  'upload.unavailable': {
    ...INTERNAL,
    when: 'The store of uploads cannot be read or written.',
    advice: 'The operator sees the cause in the log.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Uploads. The codes and sentences are those of OSS, which the vendor's uploads go to. */
import { type CatalogueEntry, INTERNAL } from './entry.ts';

const DENIED = { status: 403, code: 'AccessDenied', message: 'Invalid according to Policy.' } as const;

export const UPLOAD_ERRORS = {
  'upload.method': {
    status: 405,
    code: 'InvalidParameter',
    message: "Request method '{method}' is not supported.",
    when: 'A method other than GET was sent to /api/v1/uploads.',
    advice: 'GET ?action=getPolicy first, then POST the form to the upload_host in the answer.',
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
    when: 'The form of an upload cannot be read, has a field twice or too long, or does not end with the file.',
    advice: 'Send the fields of getPolicy, then the part "file".',
  },
  'upload.signature': {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    when: 'The policy of an upload was not signed by this service, or was signed for another key, or its key was revoked or has expired.',
    advice: 'Send policy, signature and oss_access_key_id as getPolicy returned them.',
  },
  'upload.expired': {
    ...DENIED,
    message: 'Invalid according to Policy: Policy expired.',
    when: "An upload's policy is older than 300 seconds.",
    advice: 'Ask getPolicy for a new one.',
  },
  'upload.policy': {
    ...DENIED,
    when: "A field of the form is not what the upload's policy asks for. The message names the field.",
    advice:
      'Send the fields as getPolicy returned them. The key is upload_dir, a slash and the name of the file.',
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
    advice: 'Save the picture as a file of less than 10 MiB.',
  },
  'upload.exists': {
    status: 409,
    code: 'FileAlreadyExists',
    message: 'The object you specified already exists and can not be overwritten.',
    when: 'An upload with that key exists already. It stays as it is.',
    advice: 'Ask getPolicy for another upload_dir, or use another name.',
  },
  'upload.key_full': {
    status: 429,
    code: 'Throttling',
    message: 'Too many uploads, please try again later.',
    when: 'The key has as many uploads, or as many bytes of uploads, as one key may have (LPD_UPLOAD_KEY_FILES, LPD_UPLOAD_KEY_MIB). The message names the limit.',
    advice: 'Wait until older ones expire, or send the address of the picture.',
  },
  'upload.full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service takes no more uploads now, please try again later.',
    when: 'All keys together have as many uploads, or as many bytes of uploads, as the service keeps (LPD_UPLOAD_FILES, LPD_UPLOAD_MIB). The message names the limit.',
    advice: 'Send the address of the picture. The operator can raise the limit.',
  },
  'upload.disk_full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service is short of disk space and takes no uploads, please try again later.',
    when: "The service's disk has less free space than LPD_DISK_FLOOR_MIB. The service still answers verdicts.",
    advice:
      'Send the address of the picture. The operator must free space on the disk of the data directory.',
  },
  'upload.unknown': {
    status: 400,
    code: 'InvalidParameter.InputDownloadFailed',
    message: 'Failed to download input files.',
    when: 'The key has no upload at that oss:// address. It has expired, was not sent to this service, or belongs to another key.',
    advice: 'Upload the picture to this service with the same key.',
  },
  'upload.unavailable': {
    ...INTERNAL,
    when: 'The store of uploads cannot be read or written.',
    advice: 'The operator finds the cause in the log.',
  },
} as const satisfies Record<string, CatalogueEntry>;

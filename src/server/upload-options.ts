/** Options of uploads. */
import { baseUrl, option, whole } from './option.ts';

/** A part of `OPTIONS`. */
export const UPLOAD_OPTIONS = {
  uploadHours: option({
    flag: 'upload-hours',
    variable: 'LPD_UPLOAD_HOURS',
    value: 'hours',
    text: "How long an upload lives; 48 are the vendor's, 0 takes no uploads.",
    fallback: '48',
    parse: whole(0, 720),
  }),
  uploadUrl: option({
    flag: 'upload-url',
    variable: 'LPD_UPLOAD_URL',
    value: 'url',
    text: 'Address of this service for uploads, with any prefix ("https://detect.example/dashscope").',
    fallback: null,
    fallbackText: 'the host that the client called',
    parse: baseUrl,
  }),
  uploadKeyFiles: option({
    flag: 'upload-key-files',
    variable: 'LPD_UPLOAD_KEY_FILES',
    value: 'number',
    text: 'Uploads that one key may have at a time.',
    fallback: '20000',
    parse: whole(1, 10_000_000),
  }),
  uploadKeyMib: option({
    flag: 'upload-key-mib',
    variable: 'LPD_UPLOAD_KEY_MIB',
    value: 'MiB',
    text: 'Room that the uploads of one key may take.',
    fallback: '4096',
    parse: whole(1, 1_073_741_824),
  }),
  uploadFiles: option({
    flag: 'upload-files',
    variable: 'LPD_UPLOAD_FILES',
    value: 'number',
    text: 'Uploads of all keys together.',
    fallback: '100000',
    parse: whole(1, 10_000_000),
  }),
  uploadMib: option({
    flag: 'upload-mib',
    variable: 'LPD_UPLOAD_MIB',
    value: 'MiB',
    text: 'Room that the uploads of all keys may take together.',
    fallback: '16384',
    parse: whole(1, 1_073_741_824),
  }),
} as const;

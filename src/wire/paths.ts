/** Paths of the wire that services and clients both speak of. */

/** Where the vendor's paths begin. */
export const DETECT_BASE = '/api/v1/services/aigc/image2video/';
/** Where permission to upload is asked for, and nothing else is done. */
export const UPLOADS_PATH = '/api/v1/uploads';

/** Where our own paths begin. */
export const OWN_PREFIX = '/v1/';
/** Our own: a picture's whole inspection. */
export const INSPECT_PATH = '/v1/inspect';
/** Our own: a picture that passes, made of one that does not. */
export const FIX_PATH = '/v1/fix';
/** Our own: many addresses at once. */
export const JOBS_PATH = '/v1/jobs';

/** How much a request of our own paths may have in its body. */
import { MAX_BYTES } from '../core/image/limits.ts';

/** The largest picture in base64, in bytes; one that is sent as it is may be as long, for a repair. */
export const MOST_PICTURE_BODY = Math.ceil(MAX_BYTES / 3) * 4;
/** Limit of the request's body in bytes: there is room for what is around the picture. */
export const INSPECT_BODY_LIMIT = MOST_PICTURE_BODY + 64 * 1024;

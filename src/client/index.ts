/** `liveportrait-detect/client`: every public name, one line each. It needs fetch, and nothing of Node's or of a page's. */

export type { PolicyOverrides } from '../core/checks/policy.ts';
export type { Check, CheckReason, Face, Inspection } from '../core/inspection.ts';
export type { ErrorCode } from '../errors.ts';
export { DetectError } from '../errors.ts';
export type { Failed, Inspected as InspectedItem, JobBody, ResultBody } from '../wire/job.ts';
export type {
  Client,
  Detected,
  DetectOptions,
  Fixed,
  FixOptions,
  Inspected,
  InspectOptions,
} from './client.ts';
export { createClient } from './client.ts';
export { ServiceError } from './error.ts';
export type { CreatedJob, JobItem, JobList, Jobs, ResultsOptions, SubmitOptions } from './jobs.ts';
export type { CallOptions, ClientOptions } from './options.ts';
export type { Picture, PictureFile } from './picture.ts';

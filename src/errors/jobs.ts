/** Jobs. */
import type { CatalogueEntry } from './entry.ts';

export const JOB_ERRORS = {
  'job.line': {
    status: 400,
    code: 'InvalidParameter',
    message: 'A line of the list is out of definition.',
    when: 'A line of a job is neither an address nor a JSON object with one, or it is too long. The message names the line.',
    advice: 'Send one address per line, or {"url": "…", "id": "…"}.',
  },
  'job.size': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The number of items is out of definition.',
    when: 'A job has no items, or more than a million.',
    advice: 'Send 1 to 1,000,000 items per job. Split longer lists.',
  },
  'job.webhook': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The webhook is out of definition.',
    when: "A job's webhook is not an http:// or https:// URL.",
    advice: 'Send a plain http:// or https:// URL.',
  },
  'job.too_many': {
    status: 429,
    code: 'Throttling',
    message: 'Too many jobs, please try again later.',
    when: 'The key has 100 jobs that have not ended.',
    advice: 'Wait until one ends, or cancel one.',
  },
  'job.bytes': {
    status: 429,
    code: 'Throttling',
    message: 'The jobs take too much room, please try again later.',
    when: "The key's jobs and their results would take more space than one key may use (LPD_KEY_JOBS_MIB). The message names the limit.",
    advice:
      'DELETE a job that has ended: it is then forgotten. Or cancel one: its items without a result then go. A week after its end, a job goes by itself.',
  },
  'job.disk_full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service is short of disk space and takes no jobs, please try again later.',
    when: "The service's disk has less free space than LPD_DISK_FLOOR_MIB, or PostgreSQL's disk is full. The service still answers verdicts, and continues the jobs that it has.",
    advice: 'The operator must free space on the disk of the data directory, or of PostgreSQL.',
  },
  'job.unknown': {
    status: 404,
    code: 'NotFound',
    message: 'Job not found!',
    when: 'The key has no job with that id. The job belongs to another key, ended more than a week ago, or was forgotten.',
    advice: 'Use the id that POST /v1/jobs returned, with the same key.',
  },
} as const satisfies Record<string, CatalogueEntry>;

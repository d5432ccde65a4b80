/** A service, as its clients see it: the typed client, the command line and the page. None of these is ever answered. */
import { type CatalogueEntry, INTERNAL } from './entry.ts';

export const SERVICE_ERRORS = {
  'service.unreachable': {
    ...INTERNAL,
    when: 'No answer came: the service is not there, or the connection broke.',
    only: 'clients',
    advice: 'Check the address, that the service runs, and what is between it and you.',
  },
  'service.timeout': {
    ...INTERNAL,
    when: 'The service did not answer within the time that the client gives it.',
    only: 'clients',
    advice: 'Try again later, or give it more time.',
  },
  'service.answer': {
    ...INTERNAL,
    when: 'Something answered in another form than the service does, or with far too much.',
    only: 'clients',
    advice: 'Check the address: a proxy, a login page or another program may answer there.',
  },
  'service.refused': {
    ...INTERNAL,
    when: 'The service answered with an error that this release does not know.',
    only: 'clients',
    advice: 'Read its message and its code; a newer release may know it.',
  },
} as const satisfies Record<string, CatalogueEntry>;

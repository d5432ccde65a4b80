/** The failures that people meet on the page. Others are told in a general way. */
export const FAILURES = [
  'image.bytes',
  'image.edge',
  'image.aspect',
  'image.empty',
  'image.unsupported',
  'image.corrupt',
  'image.too_complex',
  'file.unreadable',
  'download.unreachable',
  'download.http_status',
  'download.redirects',
  'download.encoded',
  'download.cut_off',
  'download.timeout',
  'download.not_image',
  'download.too_large',
  'url.invalid',
  'key.missing',
  'key.invalid',
  'key.expired',
  'key.model',
  'key.quota',
  'key.rate',
  'overload.queue',
  'deadline.passed',
  'inspector.unavailable',
  'connection.lost',
  'connection.cut',
  'service.answer',
] as const;

/** One of {@link FAILURES}, or any other one. */
export type Failure = (typeof FAILURES)[number] | 'other';

/** What is told of a failure, to people who look at pictures and do not run the service. */
export interface FailureText {
  /** In a few words. */
  readonly title: string;
  /** What happened. */
  readonly what: string;
  /** What to do. */
  readonly advice: string;
}

/** Each failure. */
export type FailureWords = Readonly<Record<Failure, FailureText>>;

/** The failure of a token. */
export function failureOf(code: string): Failure {
  return FAILURES.find((known) => known === code) ?? 'other';
}

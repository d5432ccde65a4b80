import type { Row } from './run.ts';

/** Takes what is made of each row beside its line. */
export interface Sink {
  /** @throws DetectError `file.unwritable` */
  add(row: Row): Promise<void>;
  close(): Promise<void>;
}

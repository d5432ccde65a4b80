/** What a download is busy with. `connect` is TCP and TLS, `headers` from the request sent to the answer's headers. */
export type Phase = 'dns' | 'connect' | 'headers' | 'body';

/** Milliseconds spent in each phase, redirects included. */
export interface DownloadTimes extends Readonly<Record<Phase, number>> {
  readonly total: number;
}

/** The clock of one download, and the phase that it is in. It starts with `dns`. */
export class Stages {
  phase: Phase = 'dns';
  readonly #spent: Record<Phase, number> = { dns: 0, connect: 0, headers: 0, body: 0 };
  readonly #start = performance.now();
  #since = this.#start;

  enter(phase: Phase): void {
    const now = performance.now();
    this.#spent[this.phase] += now - this.#since;
    this.#since = now;
    this.phase = phase;
  }

  times(): DownloadTimes {
    this.enter(this.phase);
    return { ...this.#spent, total: this.#since - this.#start };
  }
}

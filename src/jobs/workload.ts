/** The batches that one process has under way. */
import type { Batch } from './job.ts';

/** Knows them while they are worked on, and wakes whoever waits for a change. */
export class Workload {
  readonly #running = new Map<Batch, Promise<void>>();
  #wake: () => void = () => undefined;

  /** All of them. */
  get batches(): readonly Batch[] {
    return [...this.#running.keys()];
  }

  /** Keys that have so many batches under way, or more. */
  keysWith(most: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const { keyId } of this.#running.keys()) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= most).map(([keyId]) => keyId);
  }

  /** Takes a batch in until its work ends. @param work that never rejects */
  add(batch: Batch, work: Promise<void>): void {
    const ended = work.then(() => {
      this.#running.delete(batch);
      this.#wake();
    });
    this.#running.set(batch, ended);
  }

  /** Ends the wait of whoever waits for a change. */
  wake(): void {
    this.#wake();
  }

  /** Resolves with the next change, or after so many ms. */
  async change(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  /** Resolves when none is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}

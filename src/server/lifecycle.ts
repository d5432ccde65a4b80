import type { ServerResponse } from 'node:http';

/** Whether the service takes work, and how much it still has. */
export class Lifecycle {
  #draining = false;
  #open = 0;
  #onIdle: (() => void) | undefined;

  /** Whether the process is on its way out: everything new is refused, and connections are closed. */
  get draining(): boolean {
    return this.#draining;
  }

  /** How many accepted requests have no answer yet. */
  get open(): number {
    return this.#open;
  }

  /** Notes an accepted request, until the connection is done with its answer. */
  accept(response: ServerResponse): void {
    this.#open++;
    response.once('close', () => {
      this.#open--;
      if (this.#open === 0) this.#onIdle?.();
    });
  }

  /**
   * Takes no more work, and waits for what was accepted.
   *
   * @param limitMs the longest wait, in milliseconds
   * @returns how many accepted requests had no answer by then
   */
  async drain(limitMs: number): Promise<number> {
    this.#draining = true;
    if (this.#open === 0) return 0;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      timer = setTimeout(resolve, limitMs);
    });
    clearTimeout(timer);
    return this.#open;
  }
}

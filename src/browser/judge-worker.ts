import type { InspectOptions } from '../core/inspect.ts';
import type { Inspection } from '../core/inspection.ts';
import { DetectError, fill, relayed, SERVICE_DETAILS } from '../errors.ts';
import type { Failure, PageFormat, PagePicture, Reply, Request } from './protocol.ts';

/** An inspection whose answer is waited for. */
interface Pending {
  readonly resolve: (inspection: Inspection<PageFormat>) => void;
  readonly reject: (error: DetectError) => void;
  readonly onStage: InspectOptions['onStage'];
}

/** The worker that judges, as a page talks to it. */
export class JudgeWorker {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #next = 0;
  #ended: DetectError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * Has it load the models.
   *
   * @throws DetectError `inspector.unavailable`
   */
  start(how: Omit<Extract<Request, { readonly kind: 'start' }>, 'kind'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (error: DetectError) => {
        reject(error);
        this.end(error);
      };
      this.#worker.onerror = (event) => {
        event.preventDefault();
        const why = event.message || 'its file cannot be loaded';
        fail(new DetectError('inspector.unavailable', fill(SERVICE_DETAILS.judgeStops, { why })));
      };
      this.#worker.onmessage = ({ data: reply }: MessageEvent<Reply>) => {
        if (reply.kind === 'ready') resolve();
        else if (reply.kind === 'unready') fail(revive(reply.failure));
        else this.#settle(reply);
      };
      this.#say({ kind: 'start', ...how });
    });
  }

  /** @throws DetectError what the inspection throws, `inspector.closed` */
  async inspect(
    picture: PagePicture,
    { policy, signal, onStage }: InspectOptions = {},
  ): Promise<Inspection<PageFormat>> {
    if (this.#ended !== undefined) throw this.#ended;
    if (signal?.aborted) throw new DetectError('inspect.aborted', undefined, { cause: signal.reason });
    const id = this.#next++;
    const abort = () => this.#say({ kind: 'abort', id });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject, onStage });
        this.#say({ kind: 'inspect', id, picture, policy });
      });
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends it. What is waited for, and all that is asked for later, is refused with this error. */
  end(error: DetectError): void {
    this.#ended ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#ended);
  }

  #say(request: Request): void {
    this.#worker.postMessage(request);
  }

  #settle(reply: Extract<Reply, { readonly id: number }>): void {
    const pending = this.#pending.get(reply.id);
    if (reply.kind === 'stage') pending?.onStage?.(reply.stage);
    else if (reply.kind === 'done') pending?.resolve(reply.inspection);
    else pending?.reject(revive(reply.failure));
  }
}

function revive({ code, message }: Failure): DetectError {
  return new DetectError(code, relayed(message));
}

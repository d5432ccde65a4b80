import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/** Bytes in front of each message: the lengths of its description and of the bytes that come with it. */
const HEAD_BYTES = 8;
/** Longest description of a message: an inspection of many faces has some 100 KB. */
const MOST_MESSAGE_BYTES = 16 * 2 ** 20;
/** Most bytes that may come with one: a drawing of the largest picture, as a PNG that does not compress. */
const MOST_ATTACHED_BYTES = 96 * 2 ** 20;

/** What a channel tells. */
export interface ChannelEvents<In> {
  /** A message has come, with the bytes that it was sent with. */
  readonly onMessage: (message: In, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Nothing more will come: the other side is gone, or it sent what is not a message. */
  readonly onEnd: () => void;
}

/**
 * Messages between two processes over a pipe: a description as V8 writes it, and bytes as they are. Node's own channel
 * serialises the bytes too, which costs this side twice the processor time.
 */
export class Channel<In, Out> {
  readonly #stream: Duplex;
  readonly #events: ChannelEvents<In>;
  readonly #head = new Uint8Array(HEAD_BYTES);
  /** What is being filled, and how far. */
  #part: Uint8Array<ArrayBuffer> = this.#head;
  #filled = 0;
  #message: Uint8Array<ArrayBuffer> | undefined;
  #attachedBytes = 0;

  constructor(stream: Duplex, events: ChannelEvents<In>) {
    this.#stream = stream;
    this.#events = events;
    stream.on('data', (chunk: Uint8Array) => this.#read(chunk));
    // A pipe whose other end was killed breaks; that it is gone is all there is to know.
    stream.on('error', () => undefined);
    stream.on('close', events.onEnd);
    stream.on('end', events.onEnd);
  }

  /** Sends a message; the bytes must not change before they are on their way. */
  send(message: Out, bytes?: Uint8Array): void {
    const stream = this.#stream;
    if (!stream.writable) return;
    const described = serialize(message);
    const head = new Uint8Array(HEAD_BYTES);
    const view = new DataView(head.buffer);
    view.setUint32(0, described.length, true);
    view.setUint32(4, bytes?.length ?? 0, true);
    stream.cork();
    stream.write(head);
    stream.write(described);
    if (bytes !== undefined && bytes.length > 0) stream.write(bytes);
    stream.uncork();
  }

  /** Ends it on this side. */
  close(): void {
    this.#stream.destroy();
  }

  #read(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const part = chunk.subarray(at, at + this.#part.length - this.#filled);
      this.#part.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#part.length || this.#next()) continue;
      this.close();
      return;
    }
  }

  /** What comes after the part that is whole now. @returns false if that is no message */
  #next(): boolean {
    if (this.#part === this.#head) {
      const view = new DataView(this.#head.buffer);
      const messageBytes = view.getUint32(0, true);
      this.#attachedBytes = view.getUint32(4, true);
      if (messageBytes === 0 || messageBytes > MOST_MESSAGE_BYTES) return false;
      if (this.#attachedBytes > MOST_ATTACHED_BYTES) return false;
      this.#expect(new Uint8Array(messageBytes));
      return true;
    }
    if (this.#message === undefined && this.#attachedBytes > 0) {
      this.#message = this.#part;
      this.#expect(new Uint8Array(this.#attachedBytes));
      return true;
    }
    const message = this.#message ?? this.#part;
    const bytes = this.#message === undefined ? new Uint8Array(0) : this.#part;
    this.#message = undefined;
    this.#expect(this.#head);
    let described: In;
    try {
      described = deserialize(message);
    } catch {
      return false;
    }
    this.#events.onMessage(described, bytes);
    return true;
  }

  #expect(part: Uint8Array<ArrayBuffer>): void {
    this.#part = part;
    this.#filled = 0;
  }
}

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Channel } from '../../src/workers/channel.ts';

interface Heard {
  readonly message: unknown;
  readonly bytes: Uint8Array;
}

/** A channel that hears what is written into its stream, what it has heard, and how often it was told of the end. */
function listening() {
  const stream = new PassThrough();
  const heard: Heard[] = [];
  const ended = { times: 0 };
  new Channel<unknown, unknown>(stream, {
    onMessage: (message, bytes) => heard.push({ message, bytes }),
    onEnd: () => {
      ended.times++;
    },
  });
  return { stream, heard, ended };
}

/** What a channel sends. */
function sent(...messages: readonly (readonly [message: unknown, bytes?: Uint8Array])[]): Buffer {
  const stream = new PassThrough({ highWaterMark: 2 ** 20 });
  const channel = new Channel<unknown, unknown>(stream, { onMessage: () => {}, onEnd: () => {} });
  stream.removeAllListeners('data').pause();
  for (const [message, bytes] of messages) channel.send(message, bytes);
  return stream.read();
}

/** The lengths in front of a message. */
function head(messageBytes: number, attachedBytes: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(messageBytes, 0);
  bytes.writeUInt32LE(attachedBytes, 4);
  return bytes;
}

test.each([1, 7, 10_000])('messages arrive with their bytes, in pieces of %i', async (size) => {
  const { stream, heard } = listening();
  const picture = Uint8Array.from({ length: 300 }, (_, i) => i);
  const data = sent(
    [{ ping: true }],
    [{ task: { policy: {} } }, picture],
    [{ cancel: true }, new Uint8Array()],
  );
  for (let at = 0; at < data.length; at += size) stream.write(data.subarray(at, at + size));
  await expect.poll(() => heard.length).toBe(3);
  expect(heard).toEqual([
    { message: { ping: true }, bytes: new Uint8Array() },
    { message: { task: { policy: {} } }, bytes: picture },
    { message: { cancel: true }, bytes: new Uint8Array() },
  ]);
});

describe('a channel ends at', () => {
  test.each([
    ['a message without a description', head(0, 0)],
    ['a description that is too long', head(16 * 2 ** 20 + 1, 0)],
    ['a description of 4 GB', head(2 ** 32 - 1, 0)],
    ['more bytes than any drawing has', head(10, 96 * 2 ** 20 + 1)],
    ['4 GB of them', head(10, 2 ** 32 - 1)],
    ['what V8 did not write', Buffer.concat([head(4, 0), Buffer.from('text')])],
  ])('%s', async (_, data) => {
    const { stream, heard, ended } = listening();
    const before = process.memoryUsage().arrayBuffers;
    stream.write(data);
    await once(stream, 'close');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
    expect(heard).toEqual([]);
    expect(ended.times).toBeGreaterThan(0);
  });
});

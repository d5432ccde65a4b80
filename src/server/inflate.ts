/** Compressed bodies of requests, as some clients send their JSON. */
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { DetectError, REQUEST_DETAILS } from '../errors.ts';

/** What is inflated at a time, in bytes. */
const CHUNK = 64 * 1024;
/**
 * How many more bytes may have come in than gone out: those that are on their way through. A body that becomes less by
 * being inflated is made of empty pieces, and could go on for ever without meeting a limit.
 */
const MOST_HELD = 512 * 1024;

/**
 * A `preParsing` hook: gzip, deflate and br are undone on the way, outside of this thread. What comes out is held to the
 * limits of every other body, so that a bomb is cut off there.
 *
 * @throws DetectError `body.invalid` for another coding, or more than one
 */
export async function inflateBody(
  { headers, method }: FastifyRequest,
  reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (method !== 'POST' || coding === '' || coding === 'identity') return payload;
  const inflater = createInflater(coding);
  const passed = { in: 0, out: 0 };
  // Whoever reads what comes out gets the error. What is left is read, and thrown away: the connection may be used again.
  pipeline(counted(payload as Readable, passed), inflater)
    .catch(() => undefined)
    .finally(() => (payload as Readable).resume());
  reply.raw.once('close', () => inflater.destroy());
  const body = Readable.from(inflated(inflater, passed), { objectMode: false });
  // Who has read enough listens no more, and what is given up then fails.
  body.on('error', () => undefined);
  // By this the framework holds the body against its announced length.
  return Object.defineProperty(body, 'receivedEncodedLength', { get: () => passed.in });
}

interface Passed {
  in: number;
  out: number;
}

function createInflater(coding: string): Transform {
  // Tells gzip and deflate apart by itself.
  if (['gzip', 'x-gzip', 'deflate'].includes(coding)) return createUnzip({ chunkSize: CHUNK });
  if (coding === 'br') return createBrotliDecompress({ chunkSize: CHUNK });
  throw new DetectError('body.invalid', REQUEST_DETAILS.coding);
}

async function* counted(payload: Readable, passed: Passed): AsyncGenerator<Uint8Array> {
  // Left open when this ends early: otherwise the connection would end before the answer is sent.
  for await (const bytes of payload.iterator({ destroyOnReturn: false })) {
    passed.in += bytes.length;
    if (passed.in > passed.out + MOST_HELD)
      throw new DetectError('body.invalid', REQUEST_DETAILS.inflatesToLess);
    yield bytes;
  }
}

async function* inflated(inflater: Transform, passed: Passed): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of inflater) {
      passed.out += bytes.length;
      yield bytes;
    }
  } catch (cause) {
    throw cause instanceof DetectError
      ? cause
      : new DetectError('body.invalid', REQUEST_DETAILS.notInflated, { cause });
  }
}

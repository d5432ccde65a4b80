/** HTTP as bytes, where a client library would tidy up. */
import { connect } from 'node:net';

/** One answer, taken apart. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Sends bytes and reads until the server closes, or until as many answers have come.
 *
 * @param parts written one after the other, each after the one before has been handed over
 */
export async function exchangeRaw(
  port: number,
  parts: (string | Uint8Array)[],
  answers = 1,
): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  try {
    return await new Promise((resolve, reject) => {
      const settle = () => {
        const found = parseAnswers(Buffer.concat(chunks).toString('utf8'));
        if (found.length >= answers || socket.readableEnded) resolve(found);
      };
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        settle();
      });
      socket.on('end', settle).on('close', settle);
      socket.on('error', (error) => (chunks.length > 0 ? settle() : reject(error)));
      socket.setTimeout(15_000, () => reject(new Error(`no answer; so far: ${Buffer.concat(chunks)}`)));
      for (const part of parts) socket.write(part);
    });
  } finally {
    socket.destroy();
  }
}

function parseAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return answers;
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const length = Number(headers.get('content-length') ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    if (Buffer.byteLength(body) < length) return answers;
    answers.push({ status: Number(first.split(' ')[1]), headers, body });
    rest = rest.slice(end + 4 + length);
  }
}

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { parseAddress } from '../../src/download/cidr.ts';

const TYPE_A = 1;
const TYPE_AAAA = 28;
const NXDOMAIN = 3;

/** Addresses by name; a name that is not here does not exist, and a family given as null is never answered. */
export type Zone = Readonly<
  Record<string, { readonly a: readonly string[] | null; readonly aaaa: readonly string[] | null }>
>;

/** A name server on loopback. */
export interface NameServer {
  /** As `address:port`. */
  readonly address: string;
  /** Names asked for, once for each family. */
  readonly asked: string[];
  close(): void;
}

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (message[at]! > 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]!));
    at += 1 + message[at]!;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function addressBytes(text: string): Buffer {
  const { family, bits } = parseAddress(text)!;
  return Buffer.from(bits.toString(16).padStart(family === 4 ? 8 : 32, '0'), 'hex');
}

/** The answer section of RFC 1035: each record points back at the question's name. */
function record(type: number, address: string): Buffer {
  const data = addressBytes(address);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

/** Starts a name server that knows just enough of RFC 1035; at a free port, unless it is told where. */
export async function serveNames(
  zone: Zone,
  { address, port } = { address: '127.0.0.1', port: 0 },
): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, from) => {
    const { name, end } = readName(message);
    const type = message.readUInt16BE(end);
    asked.push(name);
    const addresses = zone[name] ? (type === TYPE_AAAA ? zone[name].aaaa : zone[name].a) : [];
    if (addresses === null) return;
    const records = addresses.map((address) => record(type === TYPE_AAAA ? TYPE_AAAA : TYPE_A, address));
    const header = Buffer.alloc(12);
    message.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (zone[name] ? 0 : NXDOMAIN), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, message.subarray(12, end + 4), ...records]), from.port, from.address);
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  return { address: `${address}:${socket.address().port}`, asked, close: () => void socket.close() };
}

/** A server that answers what a test tells it to, in turn. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { serveHere } from '../serve-here.ts';

/** What was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One answer. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A server, and what it has been asked so far. */
export interface WrongServer {
  readonly url: string;
  readonly asked: Asked[];
  /** Resolves once a connection that was being answered is gone. */
  readonly cut: Promise<void>;
}

/** Starts one for the running test: its answers in turn, the last of them again and again. */
export async function serveWrong(...replies: readonly Reply[]): Promise<WrongServer> {
  const asked: Asked[] = [];
  let tellCut = () => {};
  const cut = new Promise<void>((resolve) => {
    tellCut = resolve;
  });
  const listener: RequestListener = async (request, response) => {
    response.once('close', () => {
      if (!response.writableFinished) tellCut();
    });
    let body = '';
    for await (const piece of request) body += piece;
    const reply = replies[Math.min(asked.length, replies.length - 1)];
    asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    reply?.(response, request);
  };
  const host = await serveHere((request, response) => {
    Promise.resolve(listener(request, response)).catch(() => undefined);
  });
  return { url: `http://${host}`, asked, cut };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with an error as the service does. */
export function refusal(status: number, reason: string, headers: Record<string, string> = {}): Reply {
  const body = { code: 'SomeCode', message: 'Some sentence.', request_id: 'some-id' };
  return json(status, body, { 'x-reason': reason, ...headers });
}

/** A verdict. */
export const PASSES = json(200, {
  output: { pass: true, message: '' },
  usage: { image_count: 1 },
  request_id: 'some-id',
});

/** Lines of results, and what the job was at before. */
export function lines(state: string | null, text: string): Reply {
  return (response) => {
    response.writeHead(200, { ...(state !== null && { 'x-job-state': state }) });
    response.end(text);
  };
}

/** Ends the connection in place of an answer. */
export const cuts: Reply = (response) => void response.destroy();
/** Never answers. */
export const silent: Reply = () => undefined;

/** An inspection of a picture without a face, with all that a client reads. */
export const INSPECTION = {
  image: { format: 'jpeg', width: 640, height: 480, uprightWidth: 640, uprightHeight: 480 },
  faces: [],
  subject: null,
  checks: [],
  pass: false,
  reason: 'face.missing',
  quality: null,
  request_id: 'id',
};

/** A job under way. */
export const JOB = { id: 'a-job', state: 'running', total: 3, answered: 0, pass: 0, fail: 0, error: 0 };

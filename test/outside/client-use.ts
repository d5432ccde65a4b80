/** A program that uses the typed client, for any runtime; and a server beside the service that answers it wrongly. */
import { createServer, type Server, type ServerResponse } from 'node:http';

/** The program. It gives what every call came to, as JSON. */
export const USE = `
export async function use({ createClient, ServiceError }, url, key, wrong) {
  const picture = await (await fetch(wrong + '/picture.jpg')).blob();
  const client = createClient({ baseUrl: url, apiKey: key });
  const at = (place, options) => createClient({ baseUrl: wrong + '/' + place, ...options });
  const codeOf = (work) => work.then(
    () => 'none',
    (error) => (error instanceof ServiceError ? error.code : String(error && error.stack)),
  );
  const said = {};
  const { pass, reason } = await client.detect(picture);
  said.file = { pass, reason };
  said.bytes = (await client.detect(new Uint8Array(await picture.arrayBuffer()))).pass;
  said.address = (await client.detect(new URL(wrong + '/picture.jpg'))).pass;
  const drawn = await client.inspect(picture, { policy: { minFaceWidth: 1000 }, annotated: 'png' });
  said.inspected = { reason: drawn.inspection.reason, type: drawn.annotated.type };
  const fixed = await client.fix(picture);
  said.fixed = { type: fixed.picture.type, isSame: fixed.picture.size === picture.size };
  const { id } = await client.jobs.submit([1, 2, 3].map((n) => ({ url: wrong + '/picture.jpg?' + n, id: 'no-' + n })));
  const results = [];
  for await (const result of client.jobs.follow(id)) results.push(result.id + ' ' + result.pass);
  said.results = results.sort();
  said.key = await codeOf(createClient({ baseUrl: url, apiKey: 'sk-nobody-knows-this' }).inspect(picture));
  said.busy = (await at('busy').detect('https://a.example/')).pass;
  said.cut = await codeOf(at('cut', { retries: 1 }).detect('https://a.example/'));
  said.silent = await codeOf(at('silent', { timeoutMs: 400, retries: 0 }).detect('https://a.example/'));
  said.late = await codeOf(at('silent', { deadlineMs: 400 }).detect('https://a.example/'));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 200);
  said.aborted = await codeOf(at('silent', { signal: controller.signal }).detect('https://a.example/'));
  said.endless = await codeOf(at('endless').detect('https://a.example/'));
  said.page = await codeOf(at('page').detect('https://a.example/'));
  said.redirect = await codeOf(at('redirect').detect('https://a.example/'));
  return said;
}
`;

/** What it says, wherever it runs. */
export const SAID = {
  file: { pass: true, reason: null },
  bytes: true,
  address: true,
  inspected: { reason: 'face.small', type: 'image/png' },
  fixed: { type: 'image/jpeg', isSame: true },
  results: ['no-1 true', 'no-2 true', 'no-3 true'],
  key: 'key.invalid',
  busy: true,
  cut: 'service.unreachable',
  silent: 'service.timeout',
  late: 'service.timeout',
  aborted: 'inspect.aborted',
  endless: 'service.answer',
  page: 'service.answer',
  redirect: 'service.answer',
};

const VERDICT = '{"output":{"pass":true,"message":""},"usage":{"image_count":1},"request_id":"some-id"}';
const PIECE = Buffer.alloc(256 * 1024, 'a');

/**
 * The server. The first part of a path says how it answers.
 *
 * @param files what it answers rightly, by its path
 */
export function createWrongServer(files: () => Readonly<Record<string, Uint8Array | string>>): Server {
  let busy = 0;
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    busy: (response) => void response.writeHead(busy++ % 3 === 2 ? 200 : 503).end(VERDICT),
    cut: (response) => void response.destroy(),
    silent: () => undefined,
    endless: (response) => {
      const more = () => {
        while (!response.destroyed) if (!response.write(PIECE)) return void response.once('drain', more);
      };
      more();
    },
    page: (response) => void response.end('<h1>Log in</h1>'),
    redirect: (response) => void response.writeHead(307, { location: '/busy' }).end(),
  };
  return createServer((request, response) => {
    // Pages of any origin may ask, with any header.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*, authorization, content-type');
    if (request.method === 'OPTIONS') return void response.end();
    const [path = ''] = (request.url ?? '').split('?');
    const file = files()[path];
    if (file !== undefined) {
      const type = { html: 'text/html', js: 'text/javascript' }[path.split('.').at(-1) ?? ''];
      return void response.setHeader('content-type', type ?? 'image/jpeg').end(file);
    }
    request.resume().on('end', () => answers[path.split('/')[1] ?? '']?.(response));
  });
}

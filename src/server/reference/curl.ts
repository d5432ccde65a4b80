/** A call as people copy it into a terminal. */
import type { Content, Operation } from './description.ts';

/** Where the service is, and the key, as the reader's shell has them. */
const URL_VARIABLE = '$LPD_URL';
const KEY_VARIABLE = '$LPD_API_KEY';

/** The same call, with each kind of body that it takes: text to paste into a POSIX shell. */
export function curlsOf(method: string, path: string, operation: Operation): string[] {
  const bodies = bodiesOf(operation.requestBody?.content ?? {});
  const answersWithPicture = Object.keys(operation.responses['200']?.content ?? {}).includes('image/jpeg');
  return (bodies.length > 0 ? bodies : [[]]).map((body) =>
    [
      `curl${method === 'get' || body.length > 0 ? '' : ` -X ${method.toUpperCase()}`} "${addressOf(path, operation)}"`,
      ...(operation.security?.length === 0 ? [] : [`-H "Authorization: Bearer ${KEY_VARIABLE}"`]),
      ...body,
      ...(answersWithPicture ? ['--output repaired.jpg'] : []),
    ].join(' \\\n  '),
  );
}

/** The path with the reader's own values, and what the query must have. */
function addressOf(path: string, { parameters = [] }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => `$JOB_${name.toUpperCase()}`);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${schema?.const ?? schema?.enum?.[0] ?? '…'}`);
  return `${URL_VARIABLE}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** Curl's arguments for each kind of body. */
function bodiesOf(content: Readonly<Record<string, Content>>): string[][] {
  const bodies: string[][] = [];
  const [example] = Object.values(content['application/json']?.examples ?? {});
  if (example) {
    bodies.push(["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(example.value))}`]);
  }
  if (content['image/*']) bodies.push(["-H 'Content-Type: image/jpeg'", '--data-binary @portrait.jpg']);
  if (content['text/plain']) bodies.push(["-H 'Content-Type: text/plain'", '--data-binary @addresses.txt']);
  const form = content['multipart/form-data']?.schema;
  if (form) {
    const fields = Object.entries(form.properties ?? {}).filter(([name]) => form.required?.includes(name));
    bodies.push(
      fields.map(
        ([name, { format }]) =>
          `-F ${name}=${format === 'binary' ? '@portrait.jpg' : `"$${variableOf(name)}"`}`,
      ),
    );
  }
  return bodies;
}

function variableOf(field: string): string {
  return field.replaceAll('-', '_').toUpperCase();
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

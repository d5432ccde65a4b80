/** What is wrong with a JSON object that should have a picture, in a sentence about its members. */
import { type Detail, fill, REQUEST_DETAILS } from '../errors.ts';
import { isPlainName, nearNames } from './near-names.ts';

/** The members that there are, each with the words by which others call it. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  url: ['url', 'uri', 'address', 'link'],
  data: ['data', 'base64', 'bytes'],
  policy: ['policy', 'limits'],
};
const MEMBERS = Object.keys(WORDS);
const LIST = { names: MEMBERS.map((name) => `"${name}"`).join(', ') };

/** The first fault of the members of a body that is no request: one that does not exist, then the picture's own. */
export async function faultOfMembers(body: Readonly<Record<string, unknown>>): Promise<Detail> {
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return faultOfName(unknown, body);
  if (!('url' in body || 'data' in body)) return REQUEST_DETAILS.noPicture;
  if ('url' in body && 'data' in body) return REQUEST_DETAILS.twoPictures;
  return fill(REQUEST_DETAILS.memberText, { name: 'url' in body ? 'url' : 'data' });
}

async function faultOfName(name: string, body: object): Promise<Detail> {
  if (!isPlainName(name)) return fill(REQUEST_DETAILS.strangeMember, LIST);
  // One that is there already isn't meant by another.
  const open = MEMBERS.filter((member) => !Object.hasOwn(body, member));
  const words = name.split(/[_-]|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  const meant =
    open.find((member) => WORDS[member]?.some((word) => words.includes(word))) ??
    (await nearNames(name, open))[0];
  return meant === undefined
    ? fill(REQUEST_DETAILS.noMember, { name, ...LIST })
    : fill(REQUEST_DETAILS.meantMember, { name, meant });
}

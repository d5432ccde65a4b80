/** What is wrong with a JSON object that should have a picture, in a sentence about its members. */
import { type Detail, fill, REQUEST_DETAILS } from '../errors.ts';
import { faultOfName, type MemberWords, strangeMemberOf } from './strange-member.ts';

const MEMBERS: MemberWords = {
  url: ['url', 'uri', 'address', 'link'],
  data: ['data', 'base64', 'bytes'],
  policy: ['policy', 'limits'],
};

/** The first fault of the members of a body that is no request: one that does not exist, then the picture's own. */
export async function faultOfMembers(body: Readonly<Record<string, unknown>>): Promise<Detail> {
  const strange = strangeMemberOf(body, MEMBERS);
  if (strange !== undefined) return faultOfName(strange, body, MEMBERS);
  if (!('url' in body || 'data' in body)) return REQUEST_DETAILS.noPicture;
  if ('url' in body && 'data' in body) return REQUEST_DETAILS.twoPictures;
  return fill(REQUEST_DETAILS.memberText, { name: 'url' in body ? 'url' : 'data' });
}

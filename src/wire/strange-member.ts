/** What to say of a member of a JSON object that does not exist. */
import { type Detail, fill, REQUEST_DETAILS } from '../errors.ts';
import { isPlainName, nearNames } from './near-names.ts';

/** The members that there are, each with the words by which others call it. */
export type MemberWords = Readonly<Record<string, readonly string[]>>;

/** The first member that is not among those that there are. */
export function strangeMemberOf(body: object, members: MemberWords): string | undefined {
  return Object.keys(body).find((name) => !Object.hasOwn(members, name));
}

/**
 * Names the member that is meant by one that does not exist, or all that there are.
 *
 * @param body the object; a member that is there already isn't meant by another
 */
export async function faultOfName(name: string, body: object, members: MemberWords): Promise<Detail> {
  const all = Object.keys(members);
  const list = { names: all.map((member) => `"${member}"`).join(', ') };
  if (!isPlainName(name)) return fill(REQUEST_DETAILS.strangeMember, list);
  const open = all.filter((member) => !Object.hasOwn(body, member));
  const words = name.split(/[_-]|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  const meant =
    open.find((member) => members[member]?.some((word) => words.includes(word))) ??
    (await nearNames(name, open))[0];
  return meant === undefined
    ? fill(REQUEST_DETAILS.noMember, { name, ...list })
    : fill(REQUEST_DETAILS.meantMember, { name, meant });
}

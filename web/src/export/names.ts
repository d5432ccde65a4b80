/** Names of files that the page saves, out of names that may come from anywhere. */

/** Longest name, in characters: file systems take 255 bytes, and Chinese characters have three. */
const LONGEST = 80;

/** What file systems or people's eyes would take for something else: separators, control characters, and turns of the reading direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name that every file system takes; `picture` where nothing is left of the given one. */
export function safeName(name: string): string {
  const clean = name
    .replace(UNSAFE, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .replace(/\p{Surrogate}/gu, '_');
  const { stem, extension } = split(clean);
  const short = Array.from(stem).slice(0, LONGEST).join('') + extension;
  if (short === '') return 'picture';
  return DEVICE.test(short) ? `_${short}` : short;
}

/** The names as file systems take them in one folder: where two would be one file, the later one gets a number. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const lastOf = new Map<string, number>();
  return names.map((name) => {
    const safe = safeName(name);
    const { stem, extension } = split(safe);
    const asked = keyOf(safe);
    let unique = safe;
    let number = lastOf.get(asked) ?? 1;
    while (taken.has(keyOf(unique))) unique = `${stem} (${++number})${extension}`;
    lastOf.set(asked, number);
    taken.add(keyOf(unique));
    return unique;
  });
}

/** The name with another ending: `portrait.jpg` becomes `portrait.json`. */
export function renamed(name: string, ending: string): string {
  return safeName(`${split(name).stem}${ending}`);
}

/** File systems of Windows and macOS know no capital letters, and one form of each accent. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function split(name: string): { readonly stem: string; readonly extension: string } {
  const [, stem = name, extension = ''] = /^(.+?)(\.\w{1,8})?$/s.exec(name) ?? [];
  return { stem, extension };
}

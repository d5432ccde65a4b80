/** Texts in the commands that people copy into a shell. */

/** A word of a POSIX shell that stands for the text: the text itself where no shell sees more in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

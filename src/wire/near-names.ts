/** Names that differ in more letters were not mistyped. */
const MOST_LETTERS = 3;
/** The same as a share of the longer of the two: of three letters, three make any other word. */
const MOST_OF_NAME = 0.5;
/** A name that is repeated to its sender, and so in the log: short, and no text that was put in the wrong place. */
const PLAIN_NAME = /^[A-Za-z][\w-]{0,39}$/;

/** Whether a stranger's name of something may be repeated in a sentence. */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}

/**
 * The names that may be meant by one that is nearly one of them, the nearest first. Capitals make no difference.
 *
 * @param spellings in how many ways each of them may have been meant to be written; as it is if left out
 */
export async function nearNames(
  given: string,
  names: readonly string[],
  spellings: (name: string) => readonly string[] = (name) => [name],
): Promise<string[]> {
  // Here and not above: few calls have a wrong name.
  const { default: leven } = await import('leven');
  const distanceTo = (text: string) => {
    const letters = leven(given.toLowerCase(), text.toLowerCase());
    const most = Math.min(MOST_LETTERS, Math.max(given.length, text.length) * MOST_OF_NAME);
    return letters <= most ? letters : Number.POSITIVE_INFINITY;
  };
  return names
    .map((name) => ({ name, distance: Math.min(...spellings(name).map(distanceTo)) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

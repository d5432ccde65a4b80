/** Names that differ in more letters were not mistyped. */
const MOST_LETTERS = 3;

/**
 * The names that may be meant by one that is nearly one of them, the nearest first.
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
  return names
    .map((name) => ({ name, distance: Math.min(...spellings(name).map((text) => leven(given, text))) }))
    .filter(({ distance }) => distance <= MOST_LETTERS)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

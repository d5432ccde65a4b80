const LAYS = new URL('../../tools/package/programs.js', import.meta.url).href;

/** For vitest: builds the programs before all tests, of the sources as they are now. No test starts old ones. */
export default async function layPrograms(): Promise<void> {
  await import(LAYS);
}

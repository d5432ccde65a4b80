/** Variables that a process of ours may need to start; keys, passwords and addresses of databases are in none of them. */
const PASSED_ON = ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMPDIR'];

/**
 * The environment of a process that opens other people's files: what it needs to start, and nothing that is worth
 * stealing.
 *
 * @param settings variables of its own
 */
export function childEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(passed), ...settings };
}

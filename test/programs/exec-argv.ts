/** Node's options for processes that are to run our sources, as `register.mjs` does it. */
export const EXEC_ARGV = ['--import', new URL('register.mjs', import.meta.url).href];

#!/usr/bin/env node
'use strict';
// libuv makes its threads when the first of them is needed, four unless told otherwise, and pictures are decoded on
// them: with more cores than that, workers would wait for each other. Loading a module as ECMAScript's needs one, so this
// file is none, and comes first.
const { availableParallelism } = require('node:os');

/** Threads beside those that decode, for files and names. */
const OTHER_THREADS = 4;

process.env.UV_THREADPOOL_SIZE ??= String(availableParallelism() + OTHER_THREADS);

// Whoever reads our output may stop reading, as `head` does; that is no error.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

void import('../dist/cli/main.js').then(({ main }) =>
  main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    setExitCode: (code) => {
      process.exitCode = code;
    },
  }),
);

#!/usr/bin/env node
'use strict';

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

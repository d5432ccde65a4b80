#!/usr/bin/env node
'use strict';

void import('../dist/programs/cli.js').then(({ start }) =>
  start(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    setExitCode: (code) => {
      process.exitCode = code;
    },
  }),
);

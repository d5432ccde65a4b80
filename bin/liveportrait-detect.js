#!/usr/bin/env node
'use strict';

// The range is `engines` of package.json. An older Node can load none of the rest, so this is asked before anything is imported.
// Bun and Deno name a Node that they resemble, and are not held to it.
const { node, bun, deno } = process.versions;
const [major, minor] = node.split('.').map(Number);
const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (fits || bun || deno) {
  import('../dist/programs/cli.js')
    .then(({ start }) =>
      start(process.argv.slice(2), {
        stdout: process.stdout,
        stderr: process.stderr,
        stdin: process.stdin,
        env: process.env,
        setExitCode: (code) => {
          process.exitCode = code;
        },
      }),
    )
    .catch(notLoaded);
} else {
  process.stderr.write(`liveportrait-detect needs Node 20.19, 22.12, or 24 and newer; this is ${node}.\n`);
  process.exitCode = 2;
}

/** With so few files nothing of ours can be loaded, the words neither. */
function notLoaded(error) {
  if (error.code !== 'EMFILE' && error.code !== 'ENFILE') throw error;
  process.stderr.write(
    'No more files can be opened. Raise the limit: ulimit -n 1024 in a shell, LimitNOFILE in a systemd unit.\n',
  );
  process.exitCode = 3;
}

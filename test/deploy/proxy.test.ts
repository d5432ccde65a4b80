/** docs/proxy.md shows the set-ups that are tried, to the letter. */
import { expect, it } from 'vitest';
import { INSPECT_BODY_LIMIT } from '../../src/wire/body-limit.ts';
import { CONTRACT_BODY_LIMIT } from '../../src/wire/request.ts';
import { readText } from './files.ts';

const MIB = 1024 * 1024;
const page = readText('docs/proxy.md');

it.each([
  ['nginx.conf', 'nginx'],
  ['Caddyfile', 'caddy'],
])('has deploy/proxy/%s as it is', (file, language) => {
  expect(page).toContain(`\`\`\`${language}\n${readText(`deploy/proxy/${file}`).trim()}\n\`\`\``);
});

it('names the limits that hold', () => {
  expect(page).toContain(`are ${CONTRACT_BODY_LIMIT / MIB} MiB for the vendor's call`);
  expect(page).toContain(`${(INSPECT_BODY_LIMIT / MIB).toFixed(1)} MiB for`);
});

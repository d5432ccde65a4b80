// The licences of what is bundled: they ask to come along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** @param files paths of the bundled files */
export function licencesOf(files) {
  const packages = new Set(files.map((file) => PACKAGE.exec(file)?.[1]).filter(Boolean));
  return [...packages].sort().map(describe).join('\n');
}

function describe(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return `## ${name} ${version} (${license})\n\n${text.trim()}\n`;
}

// The licences of what is bundled: they ask to come along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a file is of; one package may lie within another. */
const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** @param files paths of the bundled files */
export function licencesOf(files) {
  const folders = new Set(files.map((file) => PACKAGE.exec(file)?.[0]).filter(Boolean));
  return [...folders].map(describe).sort().join('\n');
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return `## ${name} ${version} (${license})\n\n${text.trim()}\n`;
}

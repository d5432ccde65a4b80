// Lays a declaration for CommonJS beside each declaration that the entries for Node reach: `.d.cts` beside `.d.ts`. Node
// lets CommonJS require us; TypeScript, where it checks by Node's rules, takes only declarations that are CommonJS too.
import { readFileSync, writeFileSync } from 'node:fs';

const ENTRIES = ['../../dist/index.d.ts', '../../dist/client/index.d.ts'];
/** A relative import, of a declaration by the name of its source. */
const IMPORT = /(\bfrom |\bimport\()(['"])(\.[^'"]+)\.ts\2/g;

const seen = new Set();

function twin(declaration) {
  if (seen.has(declaration.href)) return;
  seen.add(declaration.href);
  const text = readFileSync(declaration, 'utf8');
  for (const [, , , path] of text.matchAll(IMPORT)) twin(new URL(`${path}.d.ts`, declaration));
  const twinText = text.replace(IMPORT, '$1$2$3.cjs$2');
  writeFileSync(new URL(declaration.href.replace(/\.d\.ts$/, '.d.cts')), twinText);
}

for (const entry of ENTRIES) twin(new URL(entry, import.meta.url));

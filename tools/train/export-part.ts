import { exportCut, exportDrawn, exportReal } from './export.ts';
import { readManifest } from './manifest.ts';
import { openVision } from './vision.ts';

const [cache, part, parts, ...folders] = process.argv.slice(2);
const manifests = await Promise.all(folders.map(readManifest));
// Broken and odd files have a group of their own; there is nothing to learn from them.
const pictures = manifests.flat().filter(({ group }) => group !== 'codec');
const own = pictures.filter((_, i) => i % Number(parts) === Number(part));
const vision = await openVision();
await exportReal(cache, vision, own, Number(part));
await exportDrawn(cache, vision, own, Number(part));
await exportCut(cache, vision, own, Number(part));
process.exit(0);

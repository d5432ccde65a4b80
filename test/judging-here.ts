import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Files of packages that only our engines load. */
const ENGINES = /[\\/](?:dist[\\/](?:onnxruntime|wasm)|onnxruntime-node)[\\/]/;
/** The package that draws pictures for tests, until our decoder sets it for the whole process. */
const SHARP = /[\\/]sharp[\\/](?:lib|dist)[\\/]index\.c?js$/;

/** What this process has loaded to judge pictures by itself: networks, or sharp as our decoder sets it. */
export function judgingHere(): string[] {
  const files = Object.keys(require.cache);
  const sharp = files.find((file) => SHARP.test(file) && !ENGINES.test(file));
  return [
    ...new Set(files.flatMap((file) => ENGINES.exec(file)?.[0] ?? [])),
    ...(sharp !== undefined && require(sharp).cache().memory.max === 0 ? ['sharp, without its cache'] : []),
  ];
}

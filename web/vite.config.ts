import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { defineConfig, type Plugin } from 'vite';
import { EXAMPLES, thumbnailOf } from './src/intake/examples.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DRAWN = fileURLToPath(new URL('../examples/', import.meta.url));
const JUDGE = fileURLToPath(new URL('../dist/browser/', import.meta.url));
const OUT = fileURLToPath(new URL('../dist/web/', import.meta.url));
/** Where `npm run dev:page` finds the service. */
const SERVICE = 'http://127.0.0.1:8080';
/** What compression makes smaller; pictures are compressed already. */
const COMPRESSIBLE = /\.(?:html|js|css|svg|json|wasm|bin)$/;
/** Larger files than these, in bytes, are weights, or code that has some inside. */
const LARGE = 400_000;
/** How much of its size a compressed copy may keep to be worth its room in the package: the weights of MoveNet keep 92 %. */
const WORTH_IT = 0.92;
/** Edge of an example's small copy in pixels: twice what it takes on the page. */
const THUMBNAIL_EDGE = 224;
const THUMBNAIL_QUALITY = 70;

/** Makes small copies of the examples: ten drawn portraits would weigh more than all the rest. */
function thumbnails(): Plugin {
  return {
    name: 'thumbnails',
    apply: 'build',
    async buildStart() {
      for (const { file } of EXAMPLES) {
        const source = await sharp(DRAWN + file)
          .resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE)
          .webp({ quality: THUMBNAIL_QUALITY })
          .toBuffer();
        this.emitFile({ type: 'asset', fileName: thumbnailOf(file), source });
      }
    },
  };
}

/** Says that there is no service, on hosts that have none; a service answers at that address itself. */
function withoutService(): Plugin {
  return {
    name: 'without-service',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', fileName: 'service.json', source: '{"service":null}\n' });
      for (const { file } of EXAMPLES) {
        this.emitFile({ type: 'asset', fileName: `examples/${file}`, source: readFileSync(DRAWN + file) });
      }
    },
  };
}

/** The judge comes bundled, so its packages' licences are in a file of its own. */
function licencesOfJudge(): Plugin {
  return {
    name: 'licences-of-judge',
    apply: 'build',
    closeBundle() {
      appendFileSync(`${OUT}licenses.md`, `\n${readFileSync(`${JUDGE}licenses.md`, 'utf8')}`);
    },
  };
}

/** By the highest quality weights get 6 % smaller, and take forty times as long, in every installation that builds. */
function qualityFor(length: number): number {
  return length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY;
}

/** Lays a brotli and a gzip file beside each file that gets clearly smaller by it, so that the service never compresses. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
        if (!COMPRESSIBLE.test(entry)) continue;
        const bytes = readFileSync(OUT + entry);
        const copies = {
          br: brotliCompressSync(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: qualityFor(bytes.length) },
          }),
          gz: gzipSync(bytes, { level: 9 }),
        };
        for (const [extension, copy] of Object.entries(copies)) {
          if (copy.length < WORTH_IT * bytes.length) writeFileSync(`${OUT + entry}.${extension}`, copy);
        }
      }
    },
  };
}

export default defineConfig({
  root: HERE,
  // The page may lie anywhere, below a prefix as well.
  base: './',
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    // The content security policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What is bundled asks for its licence to come along.
    license: { fileName: 'licenses.md' },
    target: 'es2022',
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/api/v1', '/service.json', '/healthz', '/examples', '/thumbs', '/docs'].map((path) => [
        path,
        SERVICE,
      ]),
    ),
  },
  plugins: [thumbnails(), withoutService(), licencesOfJudge(), precompress()],
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const OUT = fileURLToPath(new URL('../dist/web/', import.meta.url));
/** What compression makes smaller; pictures are compressed already. */
const TEXT = /\.(?:html|js|css|svg)$/;

/** Lays a brotli and a gzip file beside each text file, so that the service never compresses. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
        if (!TEXT.test(entry)) continue;
        const bytes = readFileSync(OUT + entry);
        writeFileSync(`${OUT + entry}.br`, brotliCompressSync(bytes));
        writeFileSync(`${OUT + entry}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The content security policy allows no script or style inside the document, and no data: address in styles.
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  // `npm run dev:page` beside a service on its default port.
  server: {
    proxy: {
      '/v1': 'http://127.0.0.1:8080',
      '/openapi.json': 'http://127.0.0.1:8080',
      '/examples': 'http://127.0.0.1:8080',
    },
  },
  plugins: [precompress()],
});

import type { Sharp } from './sharp.ts';

/**
 * Sets what sharp may do, for the whole process: its settings are the process's. A program that needs another loader (SVG,
 * for drawing) cannot share this process's sharp: that is the price of a file being unable to choose its own parser.
 */
export function restrict(sharp: Sharp): void {
  // libvips picks a loader by looking at the bytes. All but those for the formats of the contract, from memory, are
  // out of reach: no file names, no SVG, PDF, TIFF or HEIF.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });

  // One thread per picture: pictures are what runs in parallel.
  sharp.concurrency(1);

  // No two pictures are the same, so a cache of operations only holds memory.
  sharp.cache(false);
}

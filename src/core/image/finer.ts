import type { ImageHeader } from '../inspection.ts';
import type { Band, PixelRows } from './pixels.ts';
import { finerEdge, firstEdge, WORKING_EDGE } from './working-size.ts';

const ALL: Band = { from: 0, to: 1 };

/**
 * A picture's finer decodings. A small face needs a band of it only, and a JPEG need not be decoded below its band. Who asks
 * for another band gets all of it, so that nothing is decoded more than twice.
 */
export class FinerDecoding {
  readonly #header: ImageHeader;
  readonly #decode: (maxEdge: number, band: Band) => Promise<PixelRows>;
  readonly #known = new Map<number, { readonly band: Band; readonly rows: Promise<PixelRows> }>();

  /** @param decode as `Decoder.decodeBand` */
  constructor(header: ImageHeader, decode: (maxEdge: number, band: Band) => Promise<PixelRows>) {
    this.#header = header;
    this.#decode = decode;
  }

  /** See `PixelSource.finer`. */
  async get(scale: number, band: Band): Promise<PixelRows | null> {
    const first = firstEdge(this.#header);
    const finest = Math.min(WORKING_EDGE, Math.max(this.#header.width, this.#header.height));
    const edge = finerEdge(this.#header, first * scale);
    if (first >= finest || edge <= first) return null;
    const known = this.#known.get(edge);
    if (known && known.band.from <= band.from && known.band.to >= band.to) return known.rows;
    const wanted = known ? ALL : band;
    const rows = this.#decode(edge, wanted);
    this.#known.set(edge, { band: wanted, rows });
    return rows;
  }
}

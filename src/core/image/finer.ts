import type { Band, PixelRows } from './pixels.ts';
import { type AnyHeader, finerEdge, firstEdge, WORKING_EDGE } from './working-size.ts';

const ALL: Band = { from: 0, to: 1 };

/** How many more rows are decoded on each side of a band: sizes are rounded, and a pixel is mixed of its neighbours. */
const ROWS_AROUND = 4;

/** Some rows of a decoded picture. */
export interface Rows {
  readonly firstRow: number;
  /** The first one that is not among them any more. */
  readonly end: number;
}

/**
 * The rows of a band, and some around them.
 *
 * @param height rows of the whole picture
 */
export function rowsOf({ from, to }: Band, height: number): Rows {
  return {
    firstRow: Math.max(0, Math.floor(from * height) - ROWS_AROUND),
    end: Math.min(height, Math.ceil(to * height) + ROWS_AROUND),
  };
}

/**
 * A picture's finer decodings. A small face needs a band of it only, and a JPEG need not be decoded below its band. Who asks
 * for another band gets all of it, so that nothing is decoded more than twice.
 */
export class FinerDecoding {
  readonly #header: AnyHeader;
  readonly #decode: (maxEdge: number, band: Band) => Promise<PixelRows>;
  readonly #known = new Map<number, { readonly band: Band; readonly rows: Promise<PixelRows> }>();

  /** @param decode as `Decoder.decodeBand` */
  constructor(header: AnyHeader, decode: (maxEdge: number, band: Band) => Promise<PixelRows>) {
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

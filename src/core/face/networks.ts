/** What the search and the measurements need of the networks, whatever runs them. */

/** Edge of FaceMesh's square input, in pixels. */
export const MESH_INPUT = 192;

/** Edge of the detector's square input, in pixels, as MediaPipe trained it. */
export const DETECTOR_INPUT = 256;

/** Edge of the detector's input for a first glance, in pixels; the convolutions do not care. */
export const GLANCE_INPUT = 128;

/**
 * A network whose one input is a square picture, with a buffer for it that is filled anew before each run. One instance
 * serves one picture at a time.
 */
export interface Network {
  /** Edge of the input, in pixels. */
  readonly size: number;
  /** The input, 3 x size x size numbers: a plane each for R, G and B. To be filled before a run. */
  readonly input: Float32Array;
  /** Runs the network on what is in `input`. The outputs by name, planes of channels, are valid until the next run. */
  run(): Promise<Readonly<Record<string, Float32Array>>>;
}

/** The networks of one inspector. */
export interface Networks {
  /** The detector with an input of {@link GLANCE_INPUT}. */
  readonly glance: Network;
  /**
   * The detector with an input of {@link DETECTOR_INPUT}. Both give scores (logits) and boxes with key points for the anchors
   * of the fine grid (`scores16`, `boxes16`) and the coarse one (`scores32`, `boxes32`).
   */
  readonly detector: Network;
  /** FaceMesh: `mesh`, 468 points of three numbers; `flag`; and `features`, 128 x 6 x 6 activations for the heads. */
  readonly mesh: Network;
  /** The surface network, see `surface-network.ts`: `surface`, 6 x 24 x 24 shares. */
  readonly surface: Network;
  /**
   * The body network, loaded when it is first asked for: `heat`, `center`, `regress` and `offset`, see `body/find-body.ts`.
   *
   * @throws Error where its files do not come
   */
  body(): Promise<Network>;
  /** Frees their memory. */
  close(): Promise<void>;
}

/** The sizes of MoveNet. */

/** Edge of its square input, in pixels. */
export const BODY_INPUT = 192;
/** Edge of the grid that it answers on, in cells. */
export const BODY_GRID = 48;

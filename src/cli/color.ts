/** The colours that verdicts have in a terminal. */
import { styleText } from 'node:util';

/** What makes a text coloured, or leaves it as it is. */
export type Paint = (text: string, color: 'green' | 'red' | 'yellow') => string;

/** Values of FORCE_COLOR that ask for none, as Node reads it. */
const FORCED_OFF = ['0', 'false'];

/**
 * Whether what goes to a stream is coloured: in a terminal that is not `dumb`, unless NO_COLOR is set (https://no-color.org); where
 * FORCE_COLOR is set, it alone decides, as it does for Node itself.
 */
export function hasColors(stream: NodeJS.WritableStream, env: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined) return !FORCED_OFF.includes(forced);
  return (stream as Partial<NodeJS.WriteStream>).isTTY === true && !refused && terminal !== 'dumb';
}

/** The paint for a stream. */
export function paintFor(stream: NodeJS.WritableStream, env: NodeJS.ProcessEnv): Paint {
  return hasColors(stream, env)
    ? (text, color) => styleText(color, text, { validateStream: false })
    : (text) => text;
}

// Emscripten writes code for a program of its own. Ours runs in the programs of others, so some of it is written anew.
import { readFileSync } from 'node:fs';

/** What ends the process after an error that is not ours, also one that the program itself would have handled, with code 7. */
const LISTENERS = [
  [`process["on"]("uncaughtException",function(ex){if(!(ex instanceof ExitStatus)){throw ex}});`, ''],
  [`process["on"]("unhandledRejection",function(reason){throw reason});`, ''],
];
/** What Node's permission model refuses, and what Node says is going. */
const BINDING = [['process.binding("constants")["fs"]', 'require("fs").constants']];

/** In TensorFlow.js, where the program has no listeners of ours then. */
export const withoutListeners = written(
  /[\\/]tfjs-backend-wasm(?:-threaded)?-simd\.js$|[\\/]tfjs-backend-wasm\.js$/,
  LISTENERS,
);
/** In sharp. */
export const withoutBinding = written(/[\\/]sharp-wasm32-[\d.]+\.node\.js$/, BINDING);

/** A plugin for esbuild that puts one text in place of another in some files, and fails where there is nothing to replace. */
function written(filter, replacements) {
  return {
    name: 'written anew',
    setup({ onLoad }) {
      onLoad({ filter }, ({ path }) => {
        let contents = readFileSync(path, 'utf8');
        for (const [from, to] of replacements) {
          if (!contents.includes(from)) throw new Error(`${path} has no ${from} any more: look at it anew`);
          contents = contents.replaceAll(from, () => to);
        }
        return { contents, loader: 'js' };
      });
    },
  };
}

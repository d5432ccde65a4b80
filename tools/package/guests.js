// Code that was written for programs of its own. Ours runs in the programs of others, so some of it is written anew.
import { readFileSync } from 'node:fs';

/** What ends the process after an error that is not ours, also one that the program itself would have handled, with code 7. */
const LISTENERS = [
  [`process["on"]("uncaughtException",function(ex){if(!(ex instanceof ExitStatus)){throw ex}});`, ''],
  [`process["on"]("unhandledRejection",function(reason){throw reason});`, ''],
];
/** What Node's permission model refuses, and what Node says is going. */
const BINDING = ['process.binding("constants")["fs"]', 'require("fs").constants'];
/** What throws where the program ends during the work, so that Node prints all of this code; a process that ends needs none of it. */
const SHUTDOWN = ['process.once("exit",()=>{_vips_shutdown();_uv_library_shutdown()})', ''];

/** Where all copies of TensorFlow.js in a program meet: the program's own would go on with our engine, and ours end with its. */
const NAMESPACE = [['globalNameSpace = ns;', 'globalNameSpace = { atob: ns.atob };']];

/** TensorFlow.js that leaves the program's errors, and its own TensorFlow.js, alone. */
export const quietTensorflow = [
  written(/[\\/]wasm-out[\\/]tfjs-backend-wasm[a-z-]*\.js$/, LISTENERS),
  written(/[\\/]tfjs-core[\\/]dist[\\/]global_util\.js$/, NAMESPACE),
];
/** sharp's WebAssembly, without rights that it does not need, and with a quiet end. */
export const modestSharp = [written(/[\\/]sharp-wasm32-[\d.]+\.node\.js$/, [BINDING, SHUTDOWN])];

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

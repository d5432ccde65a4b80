/** The program of a worker: one inspector with models of its own, one picture at a time. Its argument names the engine. */
import { parseEngine } from '../node/engine.ts';
import { loadParts } from '../node/inspector.ts';
import { createHandler } from './handler.ts';
import { serveTasks } from './serve-tasks.ts';

const [, , engine] = process.argv;
// They load while the settings are on their way; what keeps them from it is told in answer to these.
const parts = loadParts(engine === undefined ? undefined : parseEngine(engine));
parts.catch(() => undefined);
serveTasks((settings) => createHandler(parts, settings));

/** The program of a worker: one inspector with models of its own, one picture at a time. */
import { createHandler } from './handler.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks(createHandler);

import { setFlagsFromString } from 'node:v8';

/**
 * Growth of the heap in percent before all of it is searched for garbage. Pictures lie outside of it but count, so that V8 searched
 * all of it every few pictures, which took a third of the processor time of this process. With room for two and a half times
 * what was in use it does so far less often; that takes some 30 MB.
 */
const GROWTH_PERCENT = 150;
/**
 * By how much the room for young objects grows when much of it is still in use: it stays at the 1 MB that it begins with. What waits for
 * pictures looks to V8 like objects that live long, for which it took some 25 MB more, and gained no time.
 */
const YOUNG_GROWTH = 1;

/** Sets V8's heap for a process that pictures pass through. Only a program may do that, not a library. */
export function setHeap(): void {
  // It has an engine other than V8, and knows no such settings.
  if ('bun' in process.versions) return;
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH}`);
}

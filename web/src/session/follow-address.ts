/** Between the page's address and what it carries: limits both ways, a key only in. */
import { effect, type Signal, signal } from '@preact/signals';
import { hashOf, readAddress } from './address.ts';
import type { KeyHolder } from './key.ts';
import type { Limits } from './limits.ts';

/** How long limits have to rest before the address follows, in milliseconds: browsers refuse a hundred changes in a row. */
const REST_MS = 400;

/**
 * Takes what the address brings along, now and whenever it changes, and then has it follow the limits, so that it is a link to them.
 * The key goes out of the address at once: it would be in every copy of the link.
 *
 * @returns whether the limits in the address could not be read, until somebody has seen it
 */
export function followAddress(key: KeyHolder, limits: Limits): Signal<boolean> {
  const isStrange = signal(false);
  const write = (hash: string) => {
    if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);
  };
  const read = () => {
    const { key: brought, limits: found } = readAddress(location.hash);
    isStrange.value = found.kind === 'strange';
    if (found.kind === 'some') limits.take(found.overrides);
    write(hashOf(limits.asked.value));
    if (brought !== null) void key.take(brought);
  };
  read();
  addEventListener('hashchange', read);
  effect(() => {
    const hash = hashOf(limits.asked.value);
    const timer = setTimeout(write, REST_MS, hash);
    return () => clearTimeout(timer);
  });
  return isStrange;
}

/** What listens to events by the names of an element's own, too. */
export interface Listens<Events> {
  addEventListener<Name extends keyof Events>(
    name: Name,
    listener: (event: Events[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** `HTMLElement` for an element with events of its own. Where there are no elements, as on a server, it can be loaded all the same. */
export function eventful<Events>(): new () => Listens<Events> & HTMLElement {
  return (globalThis.HTMLElement ?? class {}) as new () => Listens<Events> & HTMLElement;
}

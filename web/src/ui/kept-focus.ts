/** Keeps the focus where a person left it, when what had it goes away. */

/**
 * Whoever uses a keyboard would begin again at the top of the page whenever a button removes itself. From now on the focus goes on
 * to the verdict, where there is one, and to the first way in otherwise; dialogs and lists that know a nearer place come first.
 *
 * @param place where all parts of the page are
 */
export function keepFocus(place: HTMLElement): void {
  let last: Element | null = null;
  place.addEventListener('focusin', ({ target }) => {
    last = target as Element;
  });
  place.addEventListener('focusout', ({ relatedTarget }) => {
    // A person who goes elsewhere, or presses beside everything, wants no focus back; a removed element tells of no leaving.
    if (relatedTarget === null && last?.isConnected) requestAnimationFrame(forgetIfLeft);
  });
  const forgetIfLeft = () => {
    if (last?.isConnected && document.activeElement === document.body) last = null;
  };
  new MutationObserver(() => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    const next =
      place.querySelector<HTMLElement>('.verdict h2') ?? place.querySelector<HTMLElement>('.intake .primary');
    next?.focus({ preventScroll: true });
  }).observe(place, { childList: true, subtree: true });
}

/** The contact sheet's script: it gathers the cards by reason, counts them, and sorts them. */
export const SCRIPT = `
const main = document.querySelector('main');
const cards = [...main.querySelectorAll('article')];
cards.forEach((card, order) => { card.dataset.order = order; });
const groups = new Map();
for (const card of cards) {
  const { reason } = card.dataset;
  if (!groups.has(reason)) groups.set(reason, []);
  groups.get(reason).push(card);
}
const sections = [...groups].sort(([, a], [, b]) => b.length - a.length).map(([reason, members]) => {
  const title = document.createElement('h2');
  const count = document.createElement('small');
  title.id = reason;
  title.textContent = members[0].dataset.label + ' ';
  count.textContent = members.length;
  title.append(count);
  const section = document.createElement('section');
  section.setAttribute('aria-labelledby', reason);
  main.append(title, section);
  return { section, members };
});
document.querySelector('#counts').textContent =
  [...groups.values()].map((members) => members[0].dataset.label + ': ' + members.length).join(' · ');
const select = document.querySelector('#sort');
function sort() {
  const by = select.value;
  const sign = by === 'quality' ? -1 : 1;
  const number = (card) => (by in card.dataset ? sign * Number(card.dataset[by]) : Infinity);
  const compare = by === 'file'
    ? (a, b) => a.dataset.file.localeCompare(b.dataset.file, undefined, { numeric: true })
    : (a, b) => number(a) - number(b) || 0;
  for (const { section, members } of sections) section.append(...members.sort(compare));
}
select.addEventListener('change', sort);
sort();
`;

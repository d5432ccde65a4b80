/** The contact sheet's script: it gathers the cards by reason, counts them, filters and sorts them, and opens what is printed. */
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
const [verdict, reasons, text, select] = ['verdict', 'reason', 'text', 'sort'].map((id) => document.getElementById(id));
const sections = [...groups].sort(([, a], [, b]) => b.length - a.length).map(([reason, members]) => {
  const title = document.createElement('h2');
  const count = document.createElement('small');
  title.id = 'reason-' + reason;
  const { label } = members[0].dataset;
  title.textContent = label + ' ';
  count.textContent = members.length;
  title.append(count);
  const isNamed = reason !== 'pass' && label !== reason;
  if (isNamed) {
    const token = document.createElement('code');
    token.textContent = reason;
    title.append(' ', token);
  }
  const section = document.createElement('section');
  section.setAttribute('aria-labelledby', title.id);
  main.append(title, section);
  reasons.append(new Option(isNamed ? label + ' (' + reason + ')' : label, reason));
  return { title, count, section, members };
});
document.querySelector('#counts').textContent =
  [...groups.values()].map((members) => members[0].dataset.label + ' ' + members.length).join(' · ');
const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
const shown = document.querySelector('#shown');
function filter() {
  const wanted = text.value.trim().toLowerCase();
  let all = 0;
  for (const { title, count, section, members } of sections) {
    let here = 0;
    for (const card of members) {
      const { outcome, reason } = card.dataset;
      card.hidden = (verdict.value !== '' && outcome !== verdict.value)
        || (reasons.value !== '' && reason !== reasons.value)
        || !words.get(card).includes(wanted);
      if (!card.hidden) here++;
    }
    title.hidden = section.hidden = here === 0;
    count.textContent = here;
    all += here;
  }
  shown.textContent = shown.dataset.words.replace('{shown}', all).replace('{all}', cards.length);
}
function sort() {
  const by = select.value;
  const sign = by === 'quality' ? -1 : 1;
  const number = (card) => (by in card.dataset ? sign * Number(card.dataset[by]) : Infinity);
  const collator = new Intl.Collator(undefined, { numeric: true });
  const compare = by === 'file'
    ? (a, b) => collator.compare(a.dataset.file, b.dataset.file)
    : (a, b) => number(a) - number(b) || 0;
  for (const { section, members } of sections) section.append(...members.sort(compare));
}
for (const field of [verdict, reasons, text]) field.addEventListener('input', filter);
select.addEventListener('change', sort);
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...main.querySelectorAll('details:not([open])')];
  for (const measures of opened) measures.open = true;
});
addEventListener('afterprint', () => {
  for (const measures of opened.splice(0)) measures.open = false;
});
sort();
filter();
`;

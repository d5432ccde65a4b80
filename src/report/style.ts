/** The contact sheet's looks, in light and dark, on a phone and on paper. */
export const STYLE = `
:root { background: Canvas; color: CanvasText; color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h2 small, h2 code { font-weight: normal; opacity: .75; }
h2 code { font-size: .75rem; }
h3 { font-size: .85rem; margin: .5rem 0 0; overflow-wrap: anywhere; }
section { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
article { border-top: 4px solid #b8860b; break-inside: avoid; }
article[data-outcome=pass] { border-color: #2e8b57; }
article[data-outcome=fail] { border-color: #c0392b; }
article p { font-size: .8rem; margin: .25rem 0 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: .75rem 0 .25rem; }
form select, form input { font: inherit; max-width: 100%; }
label { max-width: 100%; }
#shown { font-size: .85rem; margin: 0; }
[hidden] { display: none !important; }
details { font-size: .75rem; margin-top: .35rem; }
summary { cursor: pointer; padding: .25rem 0; }
table { border-spacing: 0; width: 100%; }
th, td { padding: .1rem .3rem .1rem 0; text-align: start; vertical-align: middle; }
th { font-weight: normal; word-break: keep-all; }
@media (min-width: 380px) { article:has(details[open]) { grid-column: span 2; } }
td:nth-child(2) { width: 30%; }
td:nth-child(n+3) { white-space: nowrap; }
td svg { background: #8883; display: block; height: .5rem; width: 100%; }
td rect { fill: #2e8b57; stroke: none; }
tr[data-status=fail] th, tr[data-status=fail] td { font-weight: bold; }
tr[data-status=fail] rect { fill: #c0392b; }
td path { stroke: currentColor; stroke-width: 2px; vector-effect: non-scaling-stroke; }
article { content-visibility: auto; contain-intrinsic-size: auto 16rem; }
@media print {
  :root { color-scheme: light; font-size: 11px; }
  form, #shown { display: none; }
  body { max-width: none; padding: 0; }
  section { grid-template-columns: repeat(4, 1fr); }
  h2 { break-after: avoid; }
  article { content-visibility: visible; }
  .picture, .none { max-width: 14rem; }
}
.facts { opacity: .8; }
.picture { overflow: hidden; position: relative; }
.picture img { display: block; width: 100%; }
.picture svg { inset: 0; position: absolute; }
.none { background: #8883; padding: 3rem 0; text-align: center; }
rect { fill: none; stroke: #fff; stroke-width: 2px; vector-effect: non-scaling-stroke; }
rect.subject { stroke: #3fd47f; }
path.cover { fill: #d921b073; fill-rule: evenodd; }
rect.crop { stroke: #4aa8ff; stroke-dasharray: 6 4; }
`;

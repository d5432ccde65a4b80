/** The contact sheet's looks, in light and dark, on a phone and on paper. */
export const STYLE = `
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h2 small { font-weight: normal; opacity: .7; }
h3 { font-size: .85rem; margin: .5rem 0 0; overflow-wrap: anywhere; }
section { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
article { border-top: 4px solid #b8860b; break-inside: avoid; }
article[data-outcome=pass] { border-color: #2e8b57; }
article[data-outcome=fail] { border-color: #c0392b; }
article p { font-size: .8rem; margin: .25rem 0 0; }
.facts { opacity: .7; }
.picture { overflow: hidden; position: relative; }
.picture img { display: block; width: 100%; }
.picture svg { inset: 0; position: absolute; }
.none { background: #8883; padding: 3rem 0; text-align: center; }
rect { fill: none; stroke: #fff; stroke-width: 2px; vector-effect: non-scaling-stroke; }
rect.subject { stroke: #3fd47f; }
path.cover { fill: #d921b073; fill-rule: evenodd; }
rect.crop { stroke: #4aa8ff; stroke-dasharray: 6 4; }
`;

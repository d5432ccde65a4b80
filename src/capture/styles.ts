/** How `<portrait-capture>` looks; a style sheet of its own, which the strictest content security policy allows. */
const CSS = `
:host {
  --accent: var(--portrait-capture-accent, light-dark(#2453c9, #86abff));
  --on-accent: var(--portrait-capture-on-accent, light-dark(#ffffff, #0b1a3d));
  display: grid;
  gap: 12px;
  justify-items: center;
  font: 16px / 1.4 system-ui, sans-serif;
}
:host([hidden]) { display: none; }
.stage {
  --ratio: 1.3333;
  position: relative;
  width: min(100%, calc(70vh * var(--ratio)));
  aspect-ratio: var(--ratio);
  overflow: hidden;
  border-radius: 12px;
  background: #14171b;
}
video, canvas {
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
  object-fit: cover;
}
.stage[data-mirrored] :is(video, canvas) { transform: scaleX(-1); }
.prompt {
  position: absolute;
  inset: auto 12px 16px;
  width: fit-content;
  max-width: calc(100% - 24px);
  box-sizing: border-box;
  margin: 0 auto;
  padding: 6px 14px;
  border-radius: 20px;
  background: rgb(12 14 17 / 85%);
  color: #ffffff;
  font-size: 18px;
  font-weight: 600;
  text-align: center;
  text-wrap: balance;
}
.prompt:empty { display: none; }
.stage[data-state="idle"] .prompt, .stage[data-state="trouble"] .prompt {
  inset: 50% 12px auto;
  translate: 0 -50%;
  background: none;
}
.stage[data-given="ready"] .prompt { background: #14532d; }
.row { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; }
button {
  min-height: 44px;
  padding: 0 18px;
  border: 1px solid light-dark(#848d99, #717a86);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
button.main { border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none; }
@media (width < 500px) {
  .prompt { inset: auto 8px 8px; font-size: 15px; }
}
@media (prefers-reduced-motion: no-preference) {
  .prompt { transition: background-color 150ms; }
}
`;

let sheet: CSSStyleSheet | undefined;

/** The style sheet, made once for all elements. */
export function captureStyles(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}

/** The reference's looks: text is wrapped and never scrolled sideways, and all colours are told apart at 4.5 to 1 or more. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2230; --dim: #4d5566; --line: #d5dae3; --paper: #fff; --soft: #f3f5f9; --link: #0b4fae; --verb: #0a5c36; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf2; --dim: #b3bac8; --line: #3a4252; --paper: #14181f; --soft: #1e242e; --link: #8fbcff; --verb: #7fd6a5; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 78rem; padding: 0 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 2rem 0 .5rem; } h1 small { color: var(--dim); font-size: 1rem; font-weight: 400; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0; } h3 { font-size: 1.05rem; margin: 1.75rem 0 .4rem; } h4 { font-size: .95rem; margin: 1.1rem 0 .3rem; }
p { margin: .4rem 0; }
section { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1.75rem; }
section:first-child { border-top: 0; margin-top: 0; padding-top: 1rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; }
pre code { font-size: .85rem; }
dl { margin: .3rem 0; } dt { margin-top: .55rem; } dd { margin: 0 0 0 1.25rem; } ol { padding-left: 1.5rem; }
.type, dt em { color: var(--dim); font-size: .875rem; }
.method { color: var(--verb); font: 700 .8rem/1 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.route { color: var(--dim); }
details { margin: .4rem 0; border-left: 3px solid var(--line); padding-left: .75rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
nav ol { list-style: none; margin: 0; padding: 0; } nav li { margin: .1rem 0; } nav a { display: block; padding: .35rem 0; text-decoration: none; } nav a:hover { text-decoration: underline; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (min-width: 64rem) {
  body { display: grid; grid-template-columns: 18rem minmax(0, 1fr); column-gap: 3rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; align-self: start; padding: 1rem 0; }
}
@media print { nav { display: none; } }
`;

// Hooks of node's for modules: in place of the source of a program comes what is built of it.
const PROGRAM = /\/src\/(?:workers|repair)\/(inspect-worker|reader-process)\.ts$/;

/** The built program of a source, by the path or address of that; undefined where there is none. */
export function builtOf(source) {
  const [, name] = PROGRAM.exec(source) ?? [];
  return name && new URL(`../../dist/programs/${name}.js`, import.meta.url).href;
}

export function resolve(specifier, context, next) {
  return next(builtOf(specifier) ?? specifier, context);
}

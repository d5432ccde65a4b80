/** The memory of a decoding: pieces one after another, all given back at once. */

const PAGE: usize = 65_536;
const ALIGNMENT: usize = 16;

let top: usize = __heap_base;

/** Gives back all pieces. What was in them stays there. */
export function clear(): void {
  top = __heap_base;
}

/** A piece of so many bytes, at a multiple of 16. It traps where memory can't grow any more. */
export function allocate(bytes: usize): usize {
  const at = (top + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  top = at + bytes;
  const lacking = <i32>top - (memory.size() << 16);
  if (lacking > 0 && memory.grow((lacking + <i32>PAGE - 1) >> 16) === -1) unreachable();
  return at;
}

/**
 * Integers out of bytes. The caller has checked that `offset` and what follows lie inside `bytes`; these are
 * called for every block of a header, where a DataView would be one more allocation.
 */

/** Unsigned 16 bits, big endian. */
export function u16be(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] << 8) | bytes[offset + 1];
}

/** Unsigned 16 bits, little endian. */
export function u16le(bytes: Uint8Array, offset: number): number {
  return bytes[offset] | (bytes[offset + 1] << 8);
}

/** Unsigned 24 bits, little endian. */
export function u24le(bytes: Uint8Array, offset: number): number {
  return u16le(bytes, offset) | (bytes[offset + 2] << 16);
}

/** Unsigned 32 bits, big endian. */
export function u32be(bytes: Uint8Array, offset: number): number {
  return ((u16be(bytes, offset) << 16) | u16be(bytes, offset + 2)) >>> 0;
}

/** Signed 32 bits, little endian. */
export function i32le(bytes: Uint8Array, offset: number): number {
  return u16le(bytes, offset) | (u16le(bytes, offset + 2) << 16);
}

/** Unsigned 32 bits, little endian. */
export function u32le(bytes: Uint8Array, offset: number): number {
  return i32le(bytes, offset) >>> 0;
}

/** Whether the characters of `text` (Latin-1) stand at `offset`; false when they would reach past the end. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Some bytes in one piece. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

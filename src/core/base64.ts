/** Bytes out of base64, wherever this runs: browsers have no `Buffer`. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** 32-bit floats, little-endian as all machines in use are, out of base64; what is left over of the last one is left out. */
export function floatsOfBase64(text: string): Float32Array<ArrayBuffer> {
  const { buffer, byteLength } = bytesOfBase64(text);
  return new Float32Array(buffer, 0, Math.floor(byteLength / 4));
}

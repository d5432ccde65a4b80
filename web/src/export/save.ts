/** Hands a file to the browser, which saves it as it saves downloads. */
export function save(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it once the click's task is over.
  setTimeout(() => URL.revokeObjectURL(url));
}

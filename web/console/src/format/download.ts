/** Have the browser save a text as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Once the click has been handled, the browser holds what it saves.
  setTimeout(() => URL.revokeObjectURL(url));
}

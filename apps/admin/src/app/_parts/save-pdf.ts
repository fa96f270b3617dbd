/** Gives a made paper to the reader as a file. */
export function savePdf({ base64, fileName }: { readonly base64: string; readonly fileName: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'application/pdf' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

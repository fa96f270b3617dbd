/** Hands a file that the server made to the browser. */
export function save({ base64, type, fileName }: { base64: string; type: string; fileName: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

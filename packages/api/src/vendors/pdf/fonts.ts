import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { jsPDF } from 'jspdf';

/** The family every document is set in: one design for Cyrillic and for ë and ç. */
export const documentFont = 'NotoSans';

const files = { normal: '400Regular/NotoSans_400Regular.ttf', bold: '700Bold/NotoSans_700Bold.ttf' } as const;
const loaded = new Map<string, string>();

function fontBase64(file: string): string {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
  const text = readFileSync(join(folder, file)).toString('base64');
  loaded.set(file, text);
  return text;
}

/** Embeds the regular and the bold face; the file carries only the letters it uses. */
export function embedFonts(doc: jsPDF): void {
  for (const [style, file] of Object.entries(files)) {
    const name = `${documentFont}-${style}.ttf`;
    doc.addFileToVFS(name, fontBase64(file));
    doc.addFont(name, documentFont, style);
  }
  doc.setFont(documentFont, 'normal');
}

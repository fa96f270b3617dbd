import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { jsPDF } from 'jspdf';
import subsetFont from 'subset-font';

/** The family every document is set in: one design for Cyrillic and for ë and ç. */
export const documentFont = 'NotoSans';

const files = { normal: '400Regular/NotoSans_400Regular.ttf', bold: '700Bold/NotoSans_700Bold.ttf' } as const;

// Latin of every European language, Greek, Cyrillic, punctuation, currencies, letterlike signs, arrows and operators: what a name, an
// address or a legal text of Europe can hold. jsPDF goes through the whole face for every document, which took a quarter of a second
// with the 3,000 shapes of the full one.
const kept: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e], [0xa0, 0x24f], [0x2b0, 0x36f], [0x370, 0x3ff], [0x400, 0x52f], [0x1e00, 0x1eff], [0x2000, 0x206f], [0x20a0, 0x20cf], [0x2100, 0x214f], [0x2190, 0x21ff], [0x2200, 0x22ff],
];

/** The letters that documents can show, as one text. */
export const documentLetters = kept.map(([first, last]) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index))).join('');

async function cut(file: string): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
  const font = await subsetFont(readFileSync(join(folder, file)), documentLetters, { targetFormat: 'truetype', noLayoutClosure: true });
  return font.toString('base64');
}

let faces: Promise<readonly (readonly [style: string, base64: string])[]> | undefined;

/** Both faces, cut once in a process. A cut that failed is tried again by the next document. */
function loadFaces(): NonNullable<typeof faces> {
  faces ??= Promise.all(Object.entries(files).map(async ([style, file]) => [style, await cut(file)] as const)).catch((error: unknown) => {
    faces = undefined;
    throw error;
  });
  return faces;
}

/** Embeds the regular and the bold face; the file carries only the letters it uses. */
export async function embedFonts(doc: jsPDF): Promise<void> {
  for (const [style, base64] of await loadFaces()) {
    const name = `${documentFont}-${style}.ttf`;
    doc.addFileToVFS(name, base64);
    doc.addFont(name, documentFont, style);
  }
  doc.setFont(documentFont, 'normal');
}

import { fileTypeFromBuffer } from 'file-type';
import type { StorageExtension } from './path';

/** What members may hand in, by content and not by name. HEIC is what phones take photos in. */
export const allowedMimes = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
} as const satisfies Readonly<Record<string, StorageExtension>>;

export type AllowedMime = keyof typeof allowedMimes;
export type Sniffed = { readonly mime: AllowedMime; readonly extension: StorageExtension };

export function isAllowedMime(mime: string): mime is AllowedMime {
  return Object.hasOwn(allowedMimes, mime);
}

const pdfHeader = [0x25, 0x50, 0x44, 0x46, 0x2d];

/** The type that the bytes themselves show, when it is one of the allowed ones; null otherwise. Never trusts a name or a declared type. */
export async function sniff(bytes: Uint8Array): Promise<Sniffed | null> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found === undefined || !isAllowedMime(found.mime)) return null;
  // readers search for a header further in, which lets a file be a PDF and something else at once
  if (found.mime === 'application/pdf' && !pdfHeader.every((byte, index) => bytes[index] === byte)) return null;
  return { mime: found.mime, extension: allowedMimes[found.mime] };
}

import { describe, expect, it } from 'vitest';
import { sniff } from './sniff';

const bytes = (...parts: (string | number[])[]) => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))));

const pdf = bytes('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
const png = bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', Array.from({ length: 17 }, () => 0), [0, 0, 0, 0], 'IDAT', [0, 0, 0, 0]);
const jpg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', Array.from({ length: 20 }, () => 0));
const webp = bytes('RIFF', [20, 0, 0, 0], 'WEBPVP8 ', Array.from({ length: 20 }, () => 0));
const heic = bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic', Array.from({ length: 20 }, () => 0));

describe('sniff', () => {
  it.each([
    ['application/pdf', 'pdf', pdf],
    ['image/png', 'png', png],
    ['image/jpeg', 'jpg', jpg],
    ['image/webp', 'webp', webp],
    ['image/heic', 'heic', heic],
  ])('knows %s', async (mime, extension, content) => {
    expect(await sniff(content)).toEqual({ mime, extension });
  });

  it.each([
    ['nothing', bytes()],
    ['text', bytes('hello')],
    ['html', bytes('<!doctype html><script>alert(1)</script>')],
    ['svg', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a script before a PDF header', bytes('<script>alert(1)</script>', '%PDF-1.7\n')],
    ['zip', bytes('PK', [3, 4, 20, 0], Array.from({ length: 40 }, () => 0))],
    ['gif', bytes('GIF89a', Array.from({ length: 20 }, () => 0))],
    ['an executable', bytes('MZ', Array.from({ length: 60 }, () => 0))],
    ['half a signature', png.subarray(0, 5)],
  ])('refuses %s', async (_, content) => {
    expect(await sniff(content)).toBeNull();
  });
});

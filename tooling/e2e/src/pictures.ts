import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** Reads the QR code in a picture, as a phone's camera would. Throws when there is none. */
export function readQr(png: Buffer): string {
  const { data, width, height } = PNG.sync.read(png);
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  if (found === null) throw new Error('there is no readable QR code');
  return found.data;
}

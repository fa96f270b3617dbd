import { createHmac, timingSafeEqual } from 'node:crypto';

/** `hmac-sha256=<hex>` over a text, as the provider signs addresses and callbacks. */
export function signText(text: string, apiKey: string): string {
  return `hmac-sha256=${createHmac('sha256', apiKey).update(text).digest('hex')}`;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export type SignedAddress = 'valid' | 'unsigned' | 'forged' | 'expired';

/** Judges a signed address as it was requested: the signature is its last parameter and covers all before it. */
export function judgeAddress(base: string, rawUrl: string, apiKey: string, now: number): SignedAddress {
  const at = rawUrl.lastIndexOf('&signature=');
  if (at < 0) return 'unsigned';
  const signature = decodeURIComponent(rawUrl.slice(at + '&signature='.length));
  if (!equal(signature, signText(`${base}${rawUrl.slice(0, at)}`, apiKey))) return 'forged';
  const expires = Number(new URL(rawUrl, base).searchParams.get('expires'));
  return Number.isFinite(expires) && expires > now ? 'valid' : 'expired';
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a message may be older or newer than our clock. */
export const signatureToleranceSeconds = 300;

const maxSignatures = 8;

export type SignatureRefusal = 'missing' | 'malformed' | 'outOfTime' | 'noSecret' | 'mismatch';
export type SignatureVerdict = { readonly valid: true } | { readonly valid: false; readonly reason: SignatureRefusal };

export type SignatureInput = {
  /** The body's bytes exactly as they came, before any parser. */
  readonly rawBody: Uint8Array;
  /** Value of `Paddle-Signature`; a header sent twice reaches us joined by a comma and is refused. */
  readonly header: string | null | undefined;
  /** Every live secret of the one account that the address names, and of no other. */
  readonly secrets: readonly string[];
  readonly now: Date;
};

type Parsed = { readonly timestamp: string; readonly signatures: readonly Buffer[] };

function parse(header: string): Parsed | null {
  let timestamp: string | undefined;
  const signatures: Buffer[] = [];
  for (const field of header.split(';')) {
    const at = field.indexOf('=');
    const name = field.slice(0, at);
    const value = field.slice(at + 1);
    if (name === 'ts' && timestamp === undefined && /^\d{1,12}$/u.test(value)) timestamp = value;
    else if (name === 'h1' && /^[0-9a-f]{64}$/u.test(value)) signatures.push(Buffer.from(value, 'hex'));
    else return null;
  }
  if (timestamp === undefined || signatures.length === 0 || signatures.length > maxSignatures) return null;
  return { timestamp, signatures };
}

function refused(reason: SignatureRefusal): SignatureVerdict {
  return { valid: false, reason };
}

/**
 * Whether a webhook comes from the account that owns one of `secrets`: HMAC-SHA256 of `ts:body` equals any `h1`, and `ts` lies
 * within 300 s of `now` in either direction. Compares every signature with every secret in constant time. Never throws.
 */
export function verifyPaddleSignature({ rawBody, header, secrets, now }: SignatureInput): SignatureVerdict {
  if (header === null || header === undefined || header === '') return refused('missing');
  const parsed = parse(header);
  if (parsed === null) return refused('malformed');
  const live = secrets.filter((secret) => secret !== '');
  if (live.length === 0) return refused('noSecret');
  let matched = false;
  for (const secret of live) {
    const expected = createHmac('sha256', secret).update(`${parsed.timestamp}:`).update(rawBody).digest();
    for (const signature of parsed.signatures) {
      const same = timingSafeEqual(expected, signature);
      matched = matched || same;
    }
  }
  if (!matched) return refused('mismatch');
  const ageSeconds = now.getTime() / 1000 - Number(parsed.timestamp);
  if (Math.abs(ageSeconds) > signatureToleranceSeconds) return refused('outOfTime');
  return { valid: true };
}

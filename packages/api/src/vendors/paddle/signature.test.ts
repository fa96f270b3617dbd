import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyPaddleSignature } from './signature';

const body = Buffer.from('{"event_id":"evt_01","data":{"name":"Бojan Ç","amount":"2000"}}');
const ks = 'pdl_ntfset_ks_secret';
const mk = 'pdl_ntfset_mk_secret';
const at = 1_790_000_000;
const now = new Date(at * 1000);

const h1 = (rawBody: Uint8Array, secret: string, ts: number | string = at) =>
  createHmac('sha256', secret).update(`${ts}:`).update(rawBody).digest('hex');
const header = (secret = ks, ts: number | string = at, rawBody: Uint8Array = body) => `ts=${ts};h1=${h1(rawBody, secret, ts)}`;
const check = (given: Partial<Parameters<typeof verifyPaddleSignature>[0]> = {}) => {
  const verdict = verifyPaddleSignature({ rawBody: body, header: header(), secrets: [ks], now, ...given });
  return verdict.valid ? 'valid' : verdict.reason;
};

describe('verifyPaddleSignature', () => {
  it('P-01 accepts the known answer', () => {
    expect(
      check({
        rawBody: Buffer.from('{"event_id":"evt_1"}'),
        header: 'ts=1790000000;h1=c61567eb43c313a34d215f03fcd5efe4b05c8c9819b488b99c8a3ae23d343c20',
        secrets: ['pdl_ntfset_golden'],
      }),
    ).toBe('valid');
  });

  it('P-01 refuses any single flipped bit of the body', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (index, bit) => {
        const changed = Uint8Array.from(body, (byte, at_) => (at_ === index ? byte ^ (1 << bit) : byte));
        expect(check({ rawBody: changed })).toBe('mismatch');
      }),
    );
  });

  it('P-01 refuses the same JSON in other bytes', () => {
    const same = [
      '{"data":{"name":"Бojan Ç","amount":"2000"},"event_id":"evt_01"}',
      '{"event_id": "evt_01","data":{"name":"Бojan Ç","amount":"2000"}}',
      '{"event_id":"evt_01","data":{"name":"\\u0411ojan \\u00c7","amount":"2000"}}',
      `${body.toString()}\n`,
    ];
    for (const text of same) expect(check({ rawBody: Buffer.from(text) })).toBe('mismatch');
  });

  it('P-01 signs bytes, not decoded text', () => {
    const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(check({ rawBody: broken, header: header(ks, at, broken) })).toBe('valid');
    const decoded = Buffer.from(broken.toString('utf8'));
    expect(check({ rawBody: broken, header: header(ks, at, decoded) })).toBe('mismatch');
  });

  it('P-01 refuses a missing, doubled or malformed header', () => {
    for (const none of [null, undefined, '']) expect(check({ header: none })).toBe('missing');
    const good = header();
    const signature = h1(body, ks);
    const bad = [
      `${good}, ${good}`,
      `${good};${good}`,
      `ts=${at}`,
      `h1=${signature}`,
      `ts=${at};h1=`,
      `ts=${at};h1=${signature.toUpperCase()}`,
      `ts=${at};h1=${signature.slice(1)}`,
      `ts=${at};h1=${signature}00`,
      `ts=${at};h1=${signature};h1=short`,
      `ts=NaN;h1=${h1(body, ks, 'NaN')}`,
      `ts=-${at};h1=${h1(body, ks, `-${at}`)}`,
      `ts=+${at};h1=${h1(body, ks, `+${at}`)}`,
      `ts= ${at};h1=${h1(body, ks, ` ${at}`)}`,
      `ts=${at}.5;h1=${h1(body, ks, `${at}.5`)}`,
      `ts=1e9;h1=${h1(body, ks, '1e9')}`,
      `ts=;h1=${h1(body, ks, '')}`,
      `ts=${at};h2=${signature}`,
      `${good};`,
      `ts=${at}${`;h1=${signature}`.repeat(9)}`,
    ];
    for (const text of bad) expect([text, check({ header: text })]).toEqual([text, 'malformed']);
  });

  it('P-01 accepts two signatures in both orders', () => {
    const right = h1(body, ks);
    const wrong = h1(body, 'another');
    expect(check({ header: `ts=${at};h1=${right};h1=${wrong}` })).toBe('valid');
    expect(check({ header: `ts=${at};h1=${wrong};h1=${right}` })).toBe('valid');
    expect(check({ header: `h1=${right};ts=${at}` })).toBe('valid');
    expect(check({ header: `ts=${at};h1=${wrong};h1=${wrong}` })).toBe('mismatch');
  });

  it('P-01 accepts every live secret of the account, so that one can be rotated', () => {
    expect(check({ secrets: ['newer', ks] })).toBe('valid');
    expect(check({ secrets: [ks, 'older'] })).toBe('valid');
  });

  it('P-01 refuses the secret of another tenant', () => {
    expect(check({ header: header(ks), secrets: [mk] })).toBe('mismatch');
  });

  it('P-01 refuses when no secret is set', () => {
    expect(check({ secrets: [] })).toBe('noSecret');
    expect(check({ secrets: [''], header: header('') })).toBe('noSecret');
  });

  it.each([
    [-300, 'valid'],
    [300, 'valid'],
    [-301, 'outOfTime'],
    [301, 'outOfTime'],
    [-at, 'outOfTime'],
  ])('P-01 a timestamp %i s away is %s', (offset, verdict) => {
    expect(check({ header: header(ks, at + offset) })).toBe(verdict);
  });

  it('P-01 never throws, whatever the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(check({ header: text })).not.toBe('valid');
      }),
    );
  });
});

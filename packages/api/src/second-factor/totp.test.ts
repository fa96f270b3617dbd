import { describe, expect, it } from 'vitest';
import { codeAt, newSecret, nextGoodCode, otpauthUri, stepAt, stepOf } from './totp';

// the secret of RFC 6238, appendix B, in base32; its codes have eight digits, ours are the last six of them
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']] as const;
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('S-08 codes of an authenticator app', () => {
  it.each(vectors)('at second %i of RFC 6238 the code is %s', (seconds, code) => {
    expect(codeAt(secret, stepAt(at(seconds)))).toBe(code);
    expect(stepOf(secret, code, at(seconds), null)).toBe(Math.floor(seconds / 30));
  });

  it('count one step early and one late, and no further', () => {
    const code = codeAt(secret, 1000);
    const heard = [-61, -31, -30, -1, 0, 29, 30, 59, 60, 91].filter((offset) => stepOf(secret, code, at(1000 * 30 + offset), null) !== null);
    expect(heard).toEqual([-30, -1, 0, 29, 30, 59]);
  });

  it('are good once: neither the same step nor an earlier one again', () => {
    const now = at(1000 * 30);
    expect(stepOf(secret, codeAt(secret, 1000), now, 1000)).toBeNull();
    expect(stepOf(secret, codeAt(secret, 999), now, 1000)).toBeNull();
    expect(stepOf(secret, codeAt(secret, 1001), now, 1000)).toBe(1001);
  });

  it('are not heard in another spelling', () => {
    const code = codeAt(secret, 1000);
    for (const wrong of ['', code.slice(1), `${code}0`, `0${code}`, String(Number(code) + 1).padStart(6, '0'), 'abcdef']) expect(stepOf(secret, wrong, at(30_000), null)).toBeNull();
  });

  it('shown to a demo account are always ones that are still good', () => {
    const now = at(1000 * 30);
    expect(nextGoodCode(secret, now, null)).toBe(codeAt(secret, 1000));
    expect(nextGoodCode(secret, now, 1000)).toBe(codeAt(secret, 1001));
    expect(nextGoodCode(secret, now, 1001)).toBeNull();
  });

  it('come from a new secret of 160 bits each time, written so that apps read it', () => {
    const secrets = new Set(Array.from({ length: 50 }, newSecret));
    expect(secrets.size).toBe(50);
    for (const one of secrets) expect(one).toMatch(/^[A-Z2-7]{32}$/u);
    expect(otpauthUri(secret, 'Interdomestik Kosova', 'a+b@ks.example')).toBe(`otpauth://totp/Interdomestik%20Kosova%3Aa%2Bb%40ks.example?secret=${secret}&issuer=Interdomestik%20Kosova&algorithm=SHA1&digits=6&period=30`);
  });
});

import { describe, expect, it } from 'vitest';
import { readEnv } from './env';

const strong = 'Qm3Zt8yVn5Lk2Rw7Xc4Ba9Df6Hg1Js0PeUiO';

describe('S-07 AUTH_SECRET', () => {
  it('is refused when missing, short, repeated or a known default, without saying it', () => {
    const weak = ['', 'short', 'only-for-tests-'.repeat(3), 'a'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabcabc', 'your-secret-changeme-secret-please-replace-this-1', 'development-secret-development-secret', 'nextauth-secret-nextauth-secret-nextauth'];
    for (const secret of weak) {
      expect(() => readEnv({ AUTH_SECRET: secret })).toThrow(/^AUTH_SECRET: /u);
      if (secret !== '') expect(() => readEnv({ AUTH_SECRET: secret })).not.toThrow(secret);
    }
  });

  it('is taken when it is random', () => {
    expect(readEnv({ AUTH_SECRET: strong })).toEqual({ secret: strong, rootDomain: 'localhost' });
    expect(readEnv({ AUTH_SECRET: strong, ROOT_DOMAIN: 'Example.org' }).rootDomain).toBe('example.org');
  });
});

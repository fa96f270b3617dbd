import { describe, expect, it } from 'vitest';
import { readEnv, requireProductionSettings } from './env';

describe('env', () => {
  it('counts an empty value as absent', () => {
    const settings = readEnv({ PADDLE_API_BASE: '', APP_ENV: '' });
    expect([settings.APP_ENV, settings.PADDLE_API_BASE]).toEqual(['development', undefined]);
  });

  it('refuses a payment simulator in production', () => {
    expect(() => readEnv({ APP_ENV: 'production', PADDLE_API_BASE: 'http://localhost:3010' })).toThrow(/^PADDLE_API_BASE: /u);
  });

  it('names the variable, never its value', () => {
    expect(() => readEnv({ PADDLE_API_BASE: 'secret-value' })).toThrow('PADDLE_API_BASE: must be an http:// or https:// address');
    expect(() => readEnv({ APP_ENV: 'prod' })).toThrow(/^APP_ENV: must be one of development/u);
  });

  it('says in one line what production lacks', () => {
    expect(() => requireProductionSettings(readEnv({ APP_ENV: 'production' }))).toThrow(/^APP_ENV=production needs .*ENCRYPTION_KEY, UPLOADTHING_TOKEN/u);
    expect(() => requireProductionSettings(readEnv({ APP_ENV: 'development' }))).not.toThrow();
  });

  it('S-07 refuses production with a secret or a key that everybody could guess', () => {
    const strong = { APP_ENV: 'production', AUTH_SECRET: 'Qm3Zt8yVn5Lk2Rw7Xc4Ba9Df6Hg1Js0PeUiO', ENCRYPTION_KEY: 'b8bS6jYtq3lQv0n2W1kZr9cXhFgTpEuMaLdRoIyKxVw=', UPLOADTHING_TOKEN: 'x' };
    expect(() => requireProductionSettings(readEnv(strong))).not.toThrow();
    for (const AUTH_SECRET of ['only-for-tests-'.repeat(3), 'a'.repeat(40), 'your-secret-changeme-secret-please-replace-this-1']) {
      expect(() => requireProductionSettings(readEnv({ ...strong, AUTH_SECRET }))).toThrow(/^AUTH_SECRET /u);
      expect(() => requireProductionSettings(readEnv({ ...strong, AUTH_SECRET }))).not.toThrow(AUTH_SECRET);
      expect(() => requireProductionSettings(readEnv({ ...strong, AUTH_SECRET, APP_ENV: 'test' }))).not.toThrow();
    }
    for (const key of [Buffer.alloc(32), Buffer.alloc(32, 7)]) expect(() => requireProductionSettings(readEnv({ ...strong, ENCRYPTION_KEY: `${strong.ENCRYPTION_KEY},${key.toString('base64')}` }))).toThrow(/^ENCRYPTION_KEY /u);
  });
});

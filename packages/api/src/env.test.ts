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
});

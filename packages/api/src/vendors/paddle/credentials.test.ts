import { Environment } from '@paddle/paddle-node-sdk';
import { describe, expect, it } from 'vitest';
import { createPaddleClient } from './client';
import { environmentOf, paddleCredentials, PaddleMisconfigured } from './credentials';
import type { PaddleCredentials } from './credentials';

const development = { APP_ENV: 'development', PADDLE_API_BASE: undefined } as const;
const production = { APP_ENV: 'production', PADDLE_API_BASE: undefined } as const;
const base = 'http://localhost:3010';

describe('Paddle credentials', () => {
  it('never falls through to the production default of the SDK', () => {
    const nothing = { apiKey: 'k' } as unknown as PaddleCredentials;
    for (const settings of [development, production]) {
      expect(() => environmentOf(nothing, settings)).toThrow(PaddleMisconfigured);
      expect(() => createPaddleClient(nothing, { settings })).toThrow(PaddleMisconfigured);
      for (const environment of ['', 'live', 'local', undefined, null]) {
        expect(() => environmentOf({ apiKey: 'k', environment } as unknown as PaddleCredentials, settings)).toThrow(PaddleMisconfigured);
      }
    }
  });

  it('takes an explicit environment with a key of its kind', () => {
    expect(environmentOf({ apiKey: 'pdl_sdbx_1', environment: 'sandbox' }, development)).toBe(Environment.sandbox);
    expect(environmentOf({ apiKey: 'pdl_live_1', environment: 'production' }, production)).toBe(Environment.production);
    expect(() => environmentOf({ apiKey: 'pdl_live_1', environment: 'sandbox' }, development)).toThrow(PaddleMisconfigured);
    expect(() => environmentOf({ apiKey: 'pdl_sdbx_1', environment: 'production' }, production)).toThrow(PaddleMisconfigured);
    expect(() => environmentOf({ apiKey: '', environment: 'sandbox' }, development)).toThrow(PaddleMisconfigured);
  });

  it('takes a base address in development only, and no live key with it', () => {
    expect(environmentOf({ apiKey: 'k', baseUrl: `${base}/` }, development)).toBe(base);
    expect(() => environmentOf({ apiKey: 'k', baseUrl: base }, production)).toThrow(PaddleMisconfigured);
    expect(() => environmentOf({ apiKey: 'pdl_live_1', baseUrl: base }, development)).toThrow(PaddleMisconfigured);
    expect(() => environmentOf({ apiKey: 'k', baseUrl: 'file:///etc' }, development)).toThrow(PaddleMisconfigured);
    expect(() => environmentOf({ apiKey: 'k', baseUrl: base, environment: 'production' } as unknown as PaddleCredentials, development)).toThrow(PaddleMisconfigured);
  });

  it('chooses by the stored account unless a simulator is set', () => {
    const account = { apiKey: 'k', environment: 'sandbox' } as const;
    expect(paddleCredentials(account, development)).toEqual(account);
    expect(paddleCredentials(account, { ...development, PADDLE_API_BASE: base })).toEqual({ apiKey: 'k', baseUrl: base });
    expect(() => paddleCredentials({ apiKey: 'k', environment: 'local' }, development)).toThrow(PaddleMisconfigured);
  });

  it('never puts the key into a message', () => {
    try {
      environmentOf({ apiKey: 'pdl_live_secret', environment: 'sandbox' }, development);
    } catch (error) {
      expect(String(error)).not.toContain('secret');
    }
  });
});

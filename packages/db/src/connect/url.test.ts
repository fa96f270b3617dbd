import { describe, expect, it } from 'vitest';
import { readEnv } from '../env';
import { readTarget } from './url';

describe('readTarget', () => {
  it.each([
    ['postgres://u:p@db.example.com/x', 'pg', false],
    ['postgres://u:p@ep-one-123.eu-central-1.aws.neon.tech/x?sslmode=require', 'neon', false],
    ['postgres://u:p@ep-one-123-pooler.eu-central-1.aws.neon.tech/x', 'neon', true],
    ['postgres://u:p@localhost/x?driver=neon', 'neon', false],
    ['postgres://u:p@ep-one.neon.tech/x?driver=pg', 'pg', false],
    ['postgres://u:p@bouncer:6432/x?pooler=transaction', 'pg', true],
    ['postgres://u:p@neon.tech.example.com/x', 'pg', false],
  ])('%s', (url, driver, pooled) => {
    const target = readTarget(url);
    expect(target).toMatchObject({ driver, pooled });
    expect(target.connectionString).not.toMatch(/driver=|pooler=/u);
  });

  it('refuses a driver that it does not know', () => {
    expect(() => readTarget('postgres://u:p@h/x?driver=mysql')).toThrow(/pg or neon/u);
  });
});

describe('readEnv', () => {
  it('takes an empty value as absent, and names a wrong one without showing it', () => {
    expect(readEnv({ DATABASE_URL: '' })).toMatchObject({ databaseUrl: undefined, appEnv: 'development' });
    const attempt = (): unknown => readEnv({ DATABASE_URL: 'mysql://u:secret@h/x' });
    expect(attempt).toThrow(/^DATABASE_URL: must be a postgres:\/\/ URL$/u);
    expect(attempt).not.toThrow(/secret/u);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { passwordsFromEnv, rolesSql } from './roles';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the SQL of the roles', () => {
  it('quotes a password and leaves out one that it does not have', () => {
    expect(rolesSql(['app'], { app: "it's" })[0]).toBe(
      `ALTER ROLE "interdomestik_app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD 'it''s'`,
    );
    expect(rolesSql(['backup']).join(' ')).not.toMatch(/PASSWORD/u);
  });
});

describe('passwordsFromEnv', () => {
  it('takes those of our own logins, for the environment’s own database only', () => {
    vi.stubEnv('DATABASE_OWNER_URL', 'postgres://boss:x@h/d');
    vi.stubEnv('DATABASE_URL', 'postgres://interdomestik_app:a%2Fb@h/d');
    vi.stubEnv('DATABASE_PLATFORM_URL', 'postgres://somebody:c@h/d');
    vi.stubEnv('DATABASE_BACKUP_URL', '');
    expect(passwordsFromEnv('postgres://boss:x@h/d')).toEqual({ app: 'a/b' });
    expect(passwordsFromEnv('postgres://boss:x@elsewhere/d')).toEqual({});
  });
});

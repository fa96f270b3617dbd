import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asDomainError } from './database-errors';

const withCode = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('asDomainError', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '08006', '53300'])('says that the database cannot be reached for %s, wrapped or not', (code) => {
    for (const error of [withCode(code), new Error('Failed query', { cause: withCode(code) })]) expect(asDomainError(error)).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('knows a server on a socket that is down, and no other file that is missing', async () => {
    const down = await new Promise<Error>((resolve) => {
      connect(join(tmpdir(), 'no-server-here', '.s.PGSQL.5432')).once('error', resolve);
    });
    expect(asDomainError(down)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(asDomainError(withCode('ENOENT', { syscall: 'open' }))).toBeNull();
  });

  it('leaves a fault of ours to be one', () => {
    for (const error of [withCode('42601'), new TypeError('x'), withCode('ERR_INVALID_ARG_TYPE')]) expect(asDomainError(error)).toBeNull();
  });
});

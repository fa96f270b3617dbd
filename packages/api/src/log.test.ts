import { describe, expect, it } from 'vitest';
import { failureOf } from './log';

describe('what is logged of an error', () => {
  it('holds no value of a statement, only the statement itself', () => {
    const cause = Object.assign(new Error('invalid input syntax for type uuid: "arta@ks.example"'), { code: '22P02' });
    const error = Object.assign(new Error('Failed query: insert into "user" values ($1)\nparams: arta@ks.example', { cause }), { query: 'insert into "user" values ($1)', params: ['arta@ks.example'] });
    const text = JSON.stringify(failureOf(error));
    expect(text).not.toContain('arta');
    expect(failureOf(error)).toMatchObject({ query: 'insert into "user" values ($1)', cause: { code: '22P02' } });
  });

  it('keeps our own words, and survives what is no error', () => {
    expect(failureOf(new Error('a plan without a price'))).toMatchObject({ name: 'Error', message: 'a plan without a price' });
    expect(failureOf('text')).toEqual({ name: 'unknown' });
  });
});

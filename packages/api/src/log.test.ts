import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf } from './log';

it('A-07 one event is one line, whatever stands in its fields', async () => {
  const nasty = 'a\r\n{"level":30,"msg":"forged"}\u001B[31m\u2028\u2029\u0085"}\n\u0000end';
  const script = `import { log, failureOf, logFailure } from '${new URL('log.ts', import.meta.url).href}'; const text = ${JSON.stringify(nasty)};
    log.info({ requestId: text, [text]: text, nested: { text } }, text); log.error({ failure: failureOf(Object.assign(new Error(text), { code: text })) }, 'failed'); logFailure(text, text, new Error(text)); logFailure('r', 'w', text);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  const lines = stdout.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(line).not.toMatch(/[\u0000-\u001F]/u);
  }
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: nasty, msg: nasty });
});

describe('what is logged of an error', () => {
  it('holds no value of a statement, only the statement itself', () => {
    const cause = Object.assign(new Error('invalid input syntax for type uuid: "arta@ks.example"'), { code: '22P02' });
    const error = Object.assign(new Error('Failed query: insert into "user" values ($1)\nparams: arta@ks.example', { cause }), { query: 'insert into "user" values ($1)', params: ['arta@ks.example'] });
    const text = JSON.stringify(failureOf(error));
    expect(text).not.toContain('arta');
    expect(failureOf(error)).toMatchObject({ query: 'insert into "user" values ($1)', cause: { code: '22P02' } });
  });

  it('I-31 masks whom a mail server or a provider names, and leaves out what a parser read', () => {
    const words = [
      "Can't send mail - all recipients were rejected: 550 5.1.1 <arta.krasniqi@ks.example>: Recipient address rejected", 'customer email arta@ks.example conflicts with customer of id ctm_01h', 'to=arta@ks.example, relay=none',
      'no member 1234567890', 'SMS to +383 44 123 456 failed', 'account XK05 1212 0123 4567 8906 is closed', 'account MK07250120000058984 is closed', 'EMBG 0101990450006',
    ];
    for (const message of words) {
      const text = JSON.stringify(failureOf(new Error('outer', { cause: Object.assign(new Error(message), { responseCode: 550 }) })));
      expect([text, /arta|krasniqi|1234567890|44 123 456|4567 8906|058984|0101990/iu.test(text)]).toEqual([text, false]);
      expect(text).toContain('***');
    }
    let broken: unknown;
    try { JSON.parse('{"name": Arta Krasniqi}'); } catch (error) { broken = error; }
    expect(JSON.stringify(failureOf(broken))).not.toMatch(/arta|krasniqi/iu);
    expect(failureOf(new Error('connect ECONNREFUSED 127.0.0.1:5432 after 30000 ms'))).toMatchObject({ message: 'connect ECONNREFUSED 127.0.0.1:5432 after 30000 ms' });
  });

  it('keeps our own words, and survives what is no error', () => {
    expect(failureOf(new Error('a plan without a price'))).toMatchObject({ name: 'Error', message: 'a plan without a price' });
    expect(failureOf('text')).toEqual({ name: 'unknown' });
  });
});

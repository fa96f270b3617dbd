import { describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { sampleOf } from '@interdomestik/db/testing';
import { rightful } from '../attacks/actors';
import { ask, procedures } from '../attacks/ask';
import { attacks } from '../attacks/entries';
import { useGround } from '../attacks/use-ground';
import { withValue } from '../attacks/values';
import type PgBoss from 'pg-boss';
import { runBatch } from '../jobs/worker';
import { sendMail } from '../mails/service';
import { adminSql, deliver, eventOf, runJobs, systemScopeOf, testPasswords, transactionData, useWorld } from '../testing';
import { linesLogged } from '../testing/logged';
import { askerOf } from './asker';
import { createTrpcHandler, onFetch } from './trpc-handler';

/** As somebody types it: no log line may have a word of it. */
const person = { name: 'Zqlogime Zqlogprezime', email: 'zqlog.person@zqlog.example', phone: '+38344999017', personalNumber: '0809988450017', iban: 'XK051212012345678906', password: 'zqlog secret phrase' };
const traces = /zqlog|44 ?999 ?017|0809988450017|XK0512120/iu;

const world = useWorld();
const logged = linesLogged();
const ground = useGround(world);

/** Dotted paths of all texts in an input. */
const leaves = (input: unknown, path = ''): string[] => {
  if (typeof input === 'string') return path === '' ? [] : [path];
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  return Object.entries(input).flatMap(([name, value]) => leaves(value, path === '' ? name : `${path}.${name}`));
};

const traced = (): string[] => logged.lines().filter((line) => traces.test(line));

describe('I-31 no log line says what a person typed', () => {
  it('I-31 whatever is wrong with any input of any procedure', async () => {
    let asked = 0;
    for (const [path, attack] of sampleOf([...attacks], 3)) {
      if (attack.by === 'entered' || attack.by === 'door') continue;
      const input = await attack.input?.(ground.places.ksA);
      for (const leaf of leaves(input)) {
        const text = Object.values(person)[(asked += 1) % 6] ?? '';
        await ask(rightful(ground.actors, attack), path, withValue(input, leaf, text));
      }
      await attack.restore?.(ground.places.ksA);
    }
    expect(asked).toBeGreaterThan(50);
    expect(traced()).toEqual([]);
  }, 120_000);

  it('I-31 S-15 when the database fails with the row in its words: the answer has an id, the log has the same id and no word of the row', async () => {
    const { adminUrl } = world.current.database;
    await adminSql(adminUrl, "create function zq_fail() returns trigger language plpgsql as $$ begin raise exception 'cannot store % of %', to_jsonb(new), new.email using detail = to_jsonb(new)::text, hint = new.note; end $$; create trigger zq_fail before insert on leads for each row execute function zq_fail()");
    try {
      const agent = rightful(ground.actors, { by: 'agent' });
      const handler = createTrpcHandler({ app: 'admin', identify: () => Promise.resolve(agent.identity), passwords: testPasswords });
      const requestId = newId();
      const origin = 'http://ks.localhost:3001';
      const headers = new Headers({ host: 'ks.localhost:3001', origin, 'content-type': 'application/json', 'x-request-id': requestId });
      const lead = { firstName: 'Zqlogime', lastName: 'Zqlogprezime', email: person.email, phone: person.phone, source: 'agent', note: `${person.personalNumber} ${person.iban}` };
      const answer = await handler({ method: 'POST', url: `${origin}/api/trpc/leads.create`, headers, signal: new AbortController().signal, json: () => Promise.resolve({ json: lead }) }, askerOf(headers));
      expect(answer.status).toBe(500);
      expect(answer.body).toContain(requestId);
      expect(answer.body).not.toMatch(/zqlog|cannot store|insert into|leads|zq_fail|P0001|\.ts/iu);
      expect(logged.lines().filter((line) => line.includes(requestId) && line.includes('P0001'))).toHaveLength(1);
      expect(traced()).toEqual([]);
    } finally {
      await adminSql(adminUrl, 'drop function zq_fail cascade');
    }
  });

  it('I-31 when a mail server refuses a recipient, a provider sends nonsense, or nobody knows who asks', async () => {
    const { ks } = world.current;
    const scope = await systemScopeOf(ks);
    const id = newId();
    await adminSql(world.current.database.adminUrl, "insert into mails (tenant_id, id, to_email, locale, template, subject, html, text, effect_key, status) values ($1, $2::uuid, $3, 'en', 'password-reset', 'x', 'x', 'x', $2::text, 'queued')", [ks.id, id, person.email]);
    const refusing = { kind: 'smtp' as const, send: () => Promise.reject(new Error(`550 5.1.1 <${person.email}>: unknown`)) };
    const told: unknown[] = [];
    const queue = { fail: (_name: string, _id: string, told_: unknown) => Promise.resolve(told.push(told_)) } as unknown as PgBoss;
    await runBatch(queue, { name: 'mails.send', retries: 1, atOnce: 1, work: () => sendMail(scope, id, refusing) }, [{ id, data: {} }]);
    expect([told.length, traces.test(JSON.stringify(told)), logged.lines().some((line) => line.includes('550 5.1.1'))]).toEqual([1, false, true]);
    const [row] = await adminSql(world.current.database.adminUrl, "select to_jsonb(m) - 'to_email' as rest from mails m where id = $1", [id]);
    expect(JSON.stringify(row)).not.toMatch(traces);
    const data = { ...transactionData({ id: 'txn_zq', paymentId: newId(), status: 'completed', minor: 2000n }), customer: { email: person.email, name: person.name }, amount: { of: person.iban } };
    await deliver(ks, eventOf('transaction.completed', data));
    await deliver(ks, eventOf('transaction.completed', { ...data, items: person.name, details: person.email }));
    await adminSql(world.current.database.adminUrl, "delete from pgboss.job where name <> 'webhooks.process'");
    await runJobs(world.current.database);
    const lost = onFetch(createTrpcHandler({ app: 'member', identify: () => Promise.reject(new Error(`no session for ${person.email}`)), passwords: testPasswords }));
    const answer = await lost(new Request('http://ks.localhost/api/trpc/accounts.me', { headers: { host: 'ks.localhost' } }));
    expect([answer.status, traces.test(await answer.text())]).toEqual([503, false]);
    expect(logged.lines().length).toBeGreaterThan(0);
    expect(traced()).toEqual([]);
  });

  it('I-31 and the search would find it', () => {
    expect(Object.values(person).filter((text) => !traces.test(JSON.stringify({ msg: text })))).toEqual([]);
    expect(Object.keys(procedures).length).toBeGreaterThan(80);
  });
});

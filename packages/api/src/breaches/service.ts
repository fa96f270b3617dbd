import { and, asc, between, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import { translator } from '@interdomestik/i18n';
import { formatInstant, fullName, newId, type BreachInput, type BreachScope, type Locale } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, claims, documentAccesses, user } from '@interdomestik/db/schema';
import { personalTables } from '../privacy/subject';
import { ruleOf } from '../settings/rules';
import { toCsv } from '../vendors/csv';

/** Somebody whose data was reached, and how. */
export interface Affected {
  readonly id: string;
  readonly name: string;
  readonly memberNumber: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly what: readonly BreachScope[];
  readonly first: Date;
  readonly last: Date;
  readonly times: number;
}

export interface BreachReport {
  readonly people: readonly Affected[];
  /** Whole lists that were taken away meanwhile: whom they name, the trail does not say. */
  readonly exports: number;
  /** Until then the authority hears of it, counted from the start of the report (72 hours by laws 42/20 and 06/L-082; the tenant's rule). */
  readonly noticeBy: Date;
  readonly noticeHours: number;
  readonly law: string;
}

interface Hit {
  readonly userId: string;
  readonly at: Date;
  readonly what: BreachScope;
}

/** No more than this many lines of the trail are looked through at once. */
const most = 50_000;

async function looks(tx: Tx, { tenantId }: TenantScope, { from, until, what, actorIds }: BreachInput): Promise<Hit[]> {
  const hits: Hit[] = [];
  const by = (column: typeof auditLogs.actorId | typeof documentAccesses.actorId): SQL | undefined => (actorIds.length === 0 ? undefined : inArray(column, [...actorIds]));
  const opened = and(eq(auditLogs.tenantId, tenantId), between(auditLogs.at, from, until), eq(auditLogs.operation, 'OPENED'), isNotNull(auditLogs.entityId), by(auditLogs.actorId));
  if (what.includes('records')) {
    const rows = await tx.select({ userId: auditLogs.entityId, at: auditLogs.at }).from(auditLogs).where(and(opened, eq(auditLogs.entity, 'user'))).limit(most);
    hits.push(...rows.flatMap(({ userId, at }) => (userId === null ? [] : [{ userId, at, what: 'records' as const }])));
  }
  if (what.includes('claims')) {
    const rows = await tx.select({ userId: claims.userId, at: auditLogs.at }).from(auditLogs).innerJoin(claims, and(eq(claims.tenantId, auditLogs.tenantId), sql`${claims.id}::text = ${auditLogs.entityId}`)).where(and(opened, eq(auditLogs.entity, 'claims'))).limit(most);
    hits.push(...rows.map((row) => ({ ...row, what: 'claims' as const })));
  }
  if (what.includes('documents')) {
    const rows = await tx.select({ userId: documentAccesses.userId, at: documentAccesses.createdAt, actorId: documentAccesses.actorId }).from(documentAccesses)
      .where(and(eq(documentAccesses.tenantId, tenantId), between(documentAccesses.createdAt, from, until), by(documentAccesses.actorId))).limit(most);
    hits.push(...rows.flatMap(({ userId, at, actorId }) => (actorId === userId ? [] : [{ userId, at, what: 'documents' as const }])));
  }
  return hits;
}

/** Whose rows were changed: by the person's id in the table that the line of the trail names. */
async function changes(tx: Tx, { tenantId }: TenantScope, { from, until, actorIds }: BreachInput): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const { name, table, facts } of personalTables) {
    if (!facts.audited || typeof facts.subject !== 'string') continue;
    const subject = sql.identifier(facts.subject);
    const { rows } = await tx.execute<{ user_id: string; at: string }>(sql`
      select t.${subject}::text as user_id, a.at::text as at from audit_logs a join ${table} t on t.tenant_id = a.tenant_id and t.id::text = a.entity_id
      where a.tenant_id = ${tenantId} and a.entity = ${name} and a.operation in ('INSERT', 'UPDATE') and a.at between ${from.toISOString()}::timestamptz and ${until.toISOString()}::timestamptz and t.${subject} is not null
        and a.actor_kind <> 'system' and a.actor_id is distinct from t.${subject}::text ${actorIds.length === 0 ? sql`` : sql`and a.actor_id in (${sql.join(actorIds.map((id) => sql`${id}`), sql`, `)})`}
      limit ${most}`);
    hits.push(...rows.map(({ user_id: userId, at }) => ({ userId, at: new Date(at), what: 'changes' as const })));
  }
  return hits;
}

function folded(hits: readonly Hit[]): Map<string, { what: Set<BreachScope>; first: Date; last: Date; times: number }> {
  const found = new Map<string, { what: Set<BreachScope>; first: Date; last: Date; times: number }>();
  for (const { userId, at, what } of hits) {
    const known = found.get(userId);
    if (known === undefined) found.set(userId, { what: new Set([what]), first: at, last: at, times: 1 });
    else {
      known.what.add(what);
      known.times += 1;
      if (at < known.first) known.first = at;
      if (at > known.last) known.last = at;
    }
  }
  return found;
}

/**
 * Who was affected by a breach: everybody whose record, claim or paper was opened, or whose rows were changed, in the time and by the accounts said, with what is needed to write to them. It is on record who asked, for
 * which time, and how many it named. Members alone: people who work here are no part of it.
 */
export async function breachReport(asker: TenantScope, input: BreachInput, now: Date): Promise<BreachReport> {
  const scope = inAction(asker, 'breaches.report');
  const { value: rule } = await ruleOf(scope, 'retention', now);
  return await withTenant(scope, async (tx) => {
    const hits = folded([...(await looks(tx, scope, input)), ...(input.what.includes('changes') ? await changes(tx, scope, input) : [])]);
    const taken = !input.what.includes('exports') ? 0 : await tx.$count(auditLogs, and(eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.operation, 'EXPORT'), between(auditLogs.at, input.from, input.until), input.actorIds.length === 0 ? undefined : inArray(auditLogs.actorId, [...input.actorIds])));
    const ids = [...hits.keys()];
    const people = ids.length === 0 ? [] : await tx.select().from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, ids), sql`exists (select from user_roles r where r.tenant_id = ${scope.tenantId} and r.user_id = ${user.id} and r.role = 'member')`)).orderBy(asc(user.lastName), asc(user.firstName), asc(user.id));
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'EXPORT', entity: 'breaches', entityId: null, branchId: null, before: null,
      after: { from: input.from.toISOString(), to: input.until.toISOString(), rows: people.length },
    });
    return {
      exports: taken, noticeHours: rule.breachNoticeHours, noticeBy: new Date(now.getTime() + rule.breachNoticeHours * 3_600_000), law: rule.lawReference,
      people: people.flatMap((person) => {
        const hit = hits.get(person.id);
        return hit === undefined ? [] : [{
          id: person.id, name: fullName(person), memberNumber: person.memberNumber, email: person.email, phone: person.phone, address: [person.address, person.city].filter((part) => part !== null).join(', ') || null,
          what: [...hit.what], first: hit.first, last: hit.last, times: hit.times,
        }];
      }),
    };
  });
}

/** The same as a file for the authority: one line for each person affected. */
export async function breachCsv(asker: TenantScope, input: BreachInput, locale: Locale, now: Date): Promise<{ readonly fileName: string; readonly text: string }> {
  const { people } = await breachReport(asker, input, now);
  const t = translator(locale);
  const zone = asker.tenant.timeZone;
  // i18n-keys: privacy.breach.scopes.*
  const text = toCsv(people, [
    { header: t('privacy.breach.memberNumber'), value: (one) => one.memberNumber }, { header: t('privacy.breach.name'), value: (one) => one.name }, { header: t('privacy.breach.email'), value: (one) => one.email }, { header: t('privacy.breach.phone'), value: (one) => one.phone },
    { header: t('privacy.breach.address'), value: (one) => one.address }, { header: t('privacy.breach.what'), value: (one) => one.what.map((what) => t(`privacy.breach.scopes.${what}`)).join(', ') },
    { header: t('privacy.breach.first'), value: (one) => formatInstant(one.first, zone) }, { header: t('privacy.breach.last'), value: (one) => formatInstant(one.last, zone) }, { header: t('privacy.breach.times'), value: (one) => one.times },
  ]);
  return { fileName: `breach-${now.toISOString().slice(0, 10)}.csv`, text };
}

/** People who work here, for choosing whose accounts are meant. */
export async function breachActors(scope: TenantScope): Promise<{ id: string; name: string }[]> {
  const rows = await readTenant(inAction(scope, 'breaches.actors'), (tx) => tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), sql`exists (select from user_roles r where r.tenant_id = ${scope.tenantId} and r.user_id = ${user.id} and r.role <> 'member')`)).orderBy(asc(user.lastName), asc(user.firstName)).limit(500));
  return rows.map((person) => ({ id: person.id, name: fullName(person) }));
}

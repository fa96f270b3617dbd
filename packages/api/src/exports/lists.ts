import { z } from 'zod';
import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { alias, QueryBuilder } from 'drizzle-orm/pg-core';
import { messageOf } from '@interdomestik/i18n';
import { isCurrency, money, textSchema, type Locale, type Permission } from '@interdomestik/rules';
import { visible, type TenantScope } from '@interdomestik/db';
import { auditLogs, branches, claims, invoiceClearances, invoices, memberships, payments, user } from '@interdomestik/db/schema';
import { auditFilters, auditWanted } from '../audit/service';
import { claimFilters, claimsWanted } from '../claims/read';
import { invoiceFilters, invoicesWanted, itsClearance } from '../invoices/service';
import { latestMembership, memberFilters, membersWanted } from '../members/list';
import { paymentFilters, paymentsWanted } from '../payments/service';
import { planTitles } from '../plans/service';
import { decimalOf, type CsvColumn } from '../vendors/csv';

type Row = Readonly<Record<string, unknown>>;

const search = textSchema({ max: 200 }).optional();

/** What of a list somebody takes away: the filters of its screen, checked by the same schemas. */
export const exportWish = z.discriminatedUnion('list', [
  z.object({ list: z.literal('members'), search, filters: z.object(memberFilters).partial().optional() }),
  z.object({ list: z.literal('claims'), search, filters: z.object(claimFilters).partial().optional() }),
  z.object({ list: z.literal('payments'), filters: z.object(paymentFilters).partial().optional() }),
  z.object({ list: z.literal('invoices'), search, filters: z.object(invoiceFilters).partial().optional() }),
  z.object({ list: z.literal('audit'), filters: z.object(auditFilters).partial().optional() }),
]);
export type ExportWish = z.infer<typeof exportWish>;

/** Who may read the list that is taken away. */
export const readBy: Readonly<Record<ExportWish['list'], Permission>> = { members: 'members.read', claims: 'claims.read', payments: 'payments.read', invoices: 'invoices.read', audit: 'audit.read' };

/** The rows of a list, newest first, and its columns in the reader's words. */
export interface Listed {
  readonly rows: SQL;
  readonly columns: readonly CsvColumn<Row>[];
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value));

/** Columns of a list for one reader. */
class Columns {
  readonly #words = new Map<string, string>();
  constructor(private readonly locale: Locale) {}

  text = (header: string, name: string): CsvColumn<Row> => ({ header: this.word(header), value: (row) => textOf(row[name]) });

  /** A word of a closed set, said in the reader's language. */
  said = (header: string, name: string, under: string): CsvColumn<Row> => ({
    header: this.word(header), value: (row) => { const word = textOf(row[name]); return word === null ? null : this.word(`${under}.${word}`); },
  });

  amount = (header: string, name: string): CsvColumn<Row> => ({
    header: this.word(header),
    value: (row) => { const minor = row[name]; return typeof minor === 'bigint' && isCurrency(row['currency']) ? decimalOf(money(minor, row['currency']), this.locale) : null; },
  });

  mapped = (header: string, name: string, say: (text: string) => string): CsvColumn<Row> => ({ header: this.word(header), value: (row) => { const text = textOf(row[name]); return text === null ? null : say(text); } });

  word(key: string): string {
    const known = this.#words.get(key) ?? messageOf(this.locale, key);
    this.#words.set(key, known);
    return known;
  }
}

// a million rows are written by the database faster than by us
const day = (column: SQL | object) => sql<string | null>`to_char(${column}::date, 'DD.MM.YYYY')`;
const moment = (scope: TenantScope, column: object) => sql<string | null>`to_char(${column} at time zone ${scope.tenant.timeZone}, 'DD.MM.YYYY HH24:MI:SS')`;
const fullNameOf = (person: { readonly firstName: object; readonly lastName: object }) => sql<string | null>`${person.firstName} || ' ' || ${person.lastName}`;
const build = () => new QueryBuilder();

const handler = alias(user, 'handler');
const actor = alias(user, 'actor');

// i18n-keys: common.fields.*, common.statuses.*, common.paymentMethods.*, common.claimCategories.*, exports.columns.*
const lists: { readonly [L in ExportWish['list']]: (scope: TenantScope, wish: Extract<ExportWish, { list: L }>, column: Columns, title: (code: string) => string, now: Date) => Listed } = {
  members: (scope, { search, filters }, column, title) => ({
    rows: build().select({
      number: sql`${user.memberNumber}`.as('number'), first: sql`${user.firstName}`.as('first'), last: sql`${user.lastName}`.as('last'), email: sql`${user.email}`.as('email'), phone: sql`${user.phone}`.as('phone'), city: sql`${user.city}`.as('city'),
      branch: sql`${branches.name}`.as('branch'), plan: sql`latest.plan_code`.as('plan'), status: sql`latest.status`.as('status'), ends: day(sql`(latest.ends_on - 1)`).as('ends'), since: moment(scope, user.createdAt).as('since'),
    }).from(user).innerJoin(latestMembership, sql`true`).innerJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, user.branchId)))
      .where(membersWanted(scope, { search, ...filters })).orderBy(desc(user.createdAt), desc(user.id)).getSQL(),
    columns: [
      column.text('common.fields.memberNumber', 'number'), column.text('common.fields.firstName', 'first'), column.text('common.fields.lastName', 'last'), column.text('common.fields.email', 'email'), column.text('common.fields.phone', 'phone'),
      column.text('common.fields.city', 'city'), column.text('common.fields.branch', 'branch'), column.mapped('common.fields.plan', 'plan', title), column.said('common.fields.status', 'status', 'common.statuses.membership'), column.text('common.fields.validUntil', 'ends'),
      column.text('common.fields.createdAt', 'since'),
    ],
  }),
  claims: (scope, { search, filters }, column, _title, now) => ({
    rows: build().select({
      code: sql`${claims.code}`.as('code'), status: sql`${claims.status}`.as('status'), category: sql`${claims.category}`.as('category'), member: fullNameOf(user).as('member'), number: sql`${user.memberNumber}`.as('number'), branch: sql`${branches.name}`.as('branch'),
      handler: fullNameOf(handler).as('handler'), incident: day(claims.incidentOn).as('incident'), party: sql`${claims.counterparty}`.as('party'), claimed: sql`${claims.claimedMinor}`.as('claimed'), currency: sql`${claims.currency}`.as('currency'),
      made: moment(scope, claims.createdAt).as('made'),
    }).from(claims).innerJoin(user, and(eq(user.tenantId, claims.tenantId), eq(user.id, claims.userId))).innerJoin(branches, and(eq(branches.tenantId, claims.tenantId), eq(branches.id, claims.branchId)))
      .leftJoin(handler, and(eq(handler.tenantId, claims.tenantId), eq(handler.id, claims.handlerId)))
      .where(claimsWanted(scope, { search, filters }, now)).orderBy(desc(claims.createdAt), desc(claims.id)).getSQL(),
    columns: [
      column.text('common.fields.claimNumber', 'code'), column.said('common.fields.status', 'status', 'common.statuses.claim'), column.said('common.fields.category', 'category', 'common.claimCategories'), column.text('common.fields.member', 'member'),
      column.text('common.fields.memberNumber', 'number'), column.text('common.fields.branch', 'branch'), column.text('exports.columns.handler', 'handler'), column.text('common.fields.incidentOn', 'incident'), column.text('common.fields.counterparty', 'party'),
      column.amount('common.fields.amountClaimed', 'claimed'), column.text('common.fields.currency', 'currency'), column.text('common.fields.createdAt', 'made'),
    ],
  }),
  payments: (scope, { filters }, column, title) => ({
    rows: build().select({
      made: moment(scope, payments.createdAt).as('made'), paid: moment(scope, payments.paidAt).as('paid'), member: fullNameOf(user).as('member'), number: sql`${user.memberNumber}`.as('number'), plan: sql`${memberships.planCode}`.as('plan'),
      method: sql`${payments.method}`.as('method'), status: sql`${payments.status}`.as('status'), amount: sql`${payments.amountMinor}`.as('amount'), refunded: sql`${payments.refundedMinor}`.as('refunded'), currency: sql`${payments.currency}`.as('currency'),
    }).from(payments).leftJoin(user, and(visible(scope, user), eq(user.id, payments.userId))).leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(paymentsWanted(scope, filters)).orderBy(desc(payments.createdAt), desc(payments.id)).getSQL(),
    columns: [
      column.text('common.fields.createdAt', 'made'), column.text('exports.columns.paidAt', 'paid'), column.text('common.fields.member', 'member'), column.text('common.fields.memberNumber', 'number'), column.mapped('common.fields.plan', 'plan', title),
      column.said('common.fields.paymentMethod', 'method', 'common.paymentMethods'), column.said('common.fields.status', 'status', 'common.statuses.payment'), column.amount('common.fields.amount', 'amount'), column.amount('exports.columns.refunded', 'refunded'),
      column.text('common.fields.currency', 'currency'),
    ],
  }),
  invoices: (scope, { search, filters }, column) => ({
    rows: build().select({
      code: sql`${invoices.code}`.as('code'), status: sql`${invoices.status}`.as('status'), issued: day(invoices.issuedOn).as('issued'), due: day(invoices.dueOn).as('due'), buyer: sql`${invoices.buyer} ->> 'name'`.as('buyer'), number: sql`${user.memberNumber}`.as('number'),
      net: sql`${invoices.netMinor}`.as('net'), vat: sql`${invoices.vatMinor}`.as('vat'), total: sql`${invoices.totalMinor}`.as('total'), currency: sql`${invoices.currency}`.as('currency'), cleared: sql`${invoiceClearances.clearanceId}`.as('cleared'),
    }).from(invoices).leftJoin(user, and(visible(scope, user), eq(user.id, invoices.userId))).leftJoin(invoiceClearances, itsClearance)
      .where(invoicesWanted(scope, { search, filters })).orderBy(desc(invoices.issuedAt), desc(invoices.id)).getSQL(),
    columns: [
      column.text('common.fields.invoiceNumber', 'code'), column.said('common.fields.status', 'status', 'common.statuses.invoice'), column.text('exports.columns.issuedOn', 'issued'), column.text('exports.columns.dueOn', 'due'), column.text('exports.columns.buyer', 'buyer'),
      column.text('common.fields.memberNumber', 'number'), column.amount('common.fields.net', 'net'), column.amount('common.fields.vat', 'vat'), column.amount('common.fields.total', 'total'), column.text('common.fields.currency', 'currency'),
      column.text('exports.columns.clearance', 'cleared'),
    ],
  }),
  audit: (scope, { filters }, column) => ({
    rows: build().select({
      at: moment(scope, auditLogs.at).as('at'), by: sql`${auditLogs.actorKind}`.as('by'), name: fullNameOf(actor).as('name'), action: sql`${auditLogs.action}`.as('action'), operation: sql`${auditLogs.operation}`.as('operation'), entity: sql`${auditLogs.entity}`.as('entity'),
      record: sql`${auditLogs.entityId}`.as('record'), branch: sql`${branches.name}`.as('branch'), before: sql`${auditLogs.before}`.as('before'), after: sql`${auditLogs.after}`.as('after'), request: sql`${auditLogs.requestId}`.as('request'),
    }).from(auditLogs).leftJoin(actor, and(eq(actor.tenantId, auditLogs.tenantId), eq(sql`${actor.id}::text`, auditLogs.actorId))).leftJoin(branches, and(eq(branches.tenantId, auditLogs.tenantId), eq(branches.id, auditLogs.branchId)))
      .where(auditWanted(scope, filters ?? {})).orderBy(desc(auditLogs.at), desc(auditLogs.id)).getSQL(),
    columns: [
      column.text('exports.columns.at', 'at'), column.text('exports.columns.actorKind', 'by'), column.text('exports.columns.actor', 'name'), column.text('exports.columns.action', 'action'), column.text('exports.columns.operation', 'operation'), column.text('exports.columns.entity', 'entity'),
      column.text('exports.columns.record', 'record'), column.text('common.fields.branch', 'branch'), column.text('exports.columns.before', 'before'), column.text('exports.columns.after', 'after'), column.text('exports.columns.request', 'request'),
    ],
  }),
};

/** The rows and columns of a wish, for a reader who was let in. */
export async function listedFor(scope: TenantScope, wish: ExportWish, locale: Locale, now: Date): Promise<Listed> {
  const title = await planTitles(scope, locale, now);
  const of = lists[wish.list] as (scope: TenantScope, wish: ExportWish, column: Columns, title: (code: string) => string, now: Date) => Listed;
  return of(scope, wish, new Columns(locale), title, now);
}

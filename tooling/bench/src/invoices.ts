import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { birthNumberCheckDigit } from '@interdomestik/rules';
import { Client, Pool } from 'pg';
import type { BenchDatabase } from './database';
import { adminScope, callerOf, sellerScopes } from './people';
import { compare, looping, type Comparison } from './rounds';

const inFlight = 10;

export interface InvoiceFigures extends Comparison {
  /** Numbers that were taken, and how many are missing between the first and the last. */
  readonly issued: number;
  readonly gaps: number;
}

type Caller = ReturnType<typeof callerOf>;
interface Plan { readonly code: string; readonly cash: { readonly minor: bigint; readonly currency: 'EUR' | 'MKD' } | null }

/** Nobody hands cash over meanwhile: the limit of what one person may hold is taken away. */
async function withoutCashLimit(database: BenchDatabase, slug: string, admin: Caller): Promise<void> {
  const { inForce } = await admin.settings.kind({ kind: 'limits' });
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(`insert into tenant_settings (tenant_id, id, kind, version, status, value, effective_from, published_at)
      select t.id, gen_random_uuid(), 'limits', (select coalesce(max(s.version), 0) + 1 from tenant_settings s where s.tenant_id = t.id and s.kind = 'limits'), 'published', $2::jsonb, now(), now() from tenants t where t.slug = $1`,
    [slug, JSON.stringify({ ...(inForce.value as object), cashInHand: [] }, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))]);
  } finally {
    await client.end();
  }
  // a published version is seen within two seconds
  await sleep(3_000);
}

let people = 0;
function buyer(plan: Plan) {
  people += 1;
  const stem = `${String(1 + Math.floor(people / 900) % 28).padStart(2, '0')}0797045${String(people % 900).padStart(3, '0')}`;
  return {
    planCode: plan.code, firstName: 'Arta', lastName: 'Krasniqi', email: `bench-${randomUUID()}@mk.example`, phone: '070 123 456', personalNumber: `${stem}${String(birthNumberCheckDigit(stem))}`, address: 'ul. Primer 1', city: 'Skopje', locale: 'mk' as const,
    consents: { terms: { accepted: true as const, version: 1 }, privacy: { accepted: true as const, version: 1 }, marketing: false }, payment: 'cash' as const,
    amountTendered: { minor: String(plan.cash?.minor ?? 0n), currency: plan.cash?.currency ?? 'MKD' }, idempotencyKey: randomUUID(),
  };
}

/** Whole sales for cash of one tenant's sellers with their invoice, receipt, books and commission, through the in-process caller; beside it one committed row of an invoice. */
export async function benchInvoices(database: BenchDatabase, slug: string, length: { rounds: number; milliseconds: number }): Promise<InvoiceFigures> {
  const bare = new Pool({ connectionString: database.adminUrl, max: inFlight });
  await connectDatabase({ appUrl: database.appUrl, max: inFlight, applicationName: 'interdomestik-bench' });
  try {
    await bare.query('create table if not exists bench_invoices as select * from invoices limit 1');
    await withoutCashLimit(database, slug, callerOf(await adminScope(slug)));
    // nobody takes two payments at a time: what one holds is looked at sale by sale
    const sellers = await sellerScopes(slug);
    const [first] = sellers;
    if (first === undefined) throw new Error('nobody sells');
    const plan = (await callerOf(first).enrolments.plans()).find(({ code }) => code === 'asistenca');
    if (plan?.cash == null) throw new Error('the plan is not sold for cash');
    const sold = { code: plan.code, cash: plan.cash } as Plan;
    const codes: string[] = [];
    let turn = 0;
    const sell = async (): Promise<void> => {
      turn += 1;
      const { invoiceCode } = await callerOf(sellers[turn % sellers.length] ?? first).enrolments.enrol(buyer(sold));
      if (invoiceCode === null) throw new Error('a sale without an invoice');
      codes.push(invoiceCode);
    };
    const figures = await compare(looping(sell, inFlight), looping(() => bare.query('insert into bench_invoices select * from bench_invoices limit 1'), inFlight), length);
    const numbers = codes.map((code) => Number(/(\d+)$/u.exec(code)?.[1]));
    return { ...figures, issued: codes.length, gaps: Math.max(...numbers) - Math.min(...numbers) + 1 - new Set(numbers).size };
  } finally {
    await bare.end();
    await closeDatabase();
  }
}

import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { conflict, DomainError, invalid, newId, notFound, type Money, type StatementField } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { bankLines, bankStatements, paymentAccounts } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { moneyOf } from '../memberships/service';
import { matchStatementJob } from './match';
import { assertReadable, readingOf, readLines, storedReading, surveyStatement, type StoredReading } from './read';

export interface StatementInput {
  readonly accountId: string;
  readonly name: string;
  /** The file's bytes. */
  readonly data: string;
  /** What each column is, where a person says so. */
  readonly mapping?: readonly (StatementField | null)[] | undefined;
}

/** The tenant's bank account, held against another statement of it at the same moment where `lock` says so. Anything else is NOT_FOUND. */
async function bankAccount(tx: Tx, scope: TenantScope, id: string, lock: boolean) {
  const found = tx.select({ id: paymentAccounts.id, currency: paymentAccounts.currency }).from(paymentAccounts)
    .where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, id), eq(paymentAccounts.provider, 'bank_transfer')));
  const [account] = await (lock ? found.for('no key update') : found);
  if (account === undefined) throw notFound();
  return account;
}

/** How the last statement of the account was read. */
async function readBefore(tx: Tx, scope: TenantScope, accountId: string): Promise<StoredReading | null> {
  const [last] = await tx.select({ reading: bankStatements.reading }).from(bankStatements)
    .where(and(visible(scope, bankStatements), eq(bankStatements.paymentAccountId, accountId))).orderBy(desc(bankStatements.createdAt), desc(bankStatements.id)).limit(1);
  const read = storedReading.safeParse(last?.reading);
  return read.success ? read.data : null;
}

async function prepare(scope: TenantScope, input: StatementInput) {
  const { account, before } = await withTenant(scope, async (tx) => ({ account: await bankAccount(tx, scope, input.accountId, false), before: await readBefore(tx, scope, input.accountId) }));
  const survey = await surveyStatement(Buffer.from(input.data, 'base64'));
  const reading = readingOf(survey, before, input);
  return { account, survey, reading };
}

export interface StatementPreview {
  readonly header: string[];
  readonly mapping: (StatementField | null)[];
  readonly encoding: string;
  readonly isEncodingCertain: boolean;
  readonly lines: number;
  /** The first lines as they stand in the file. */
  readonly sample: { line: number; cells: string[] }[];
  /** What comes in and goes out by them; null while a column is missing. */
  readonly totals: { readonly incoming: Money; readonly outgoing: Money } | null;
  readonly problems: { line: number; problem: string }[];
}

/** Looks at a statement and keeps nothing: how it would be read, and what of it cannot be. Throws INVALID for what is no table. */
export async function previewStatement(asker: TenantScope, input: StatementInput): Promise<StatementPreview> {
  const { account, survey, reading } = await prepare(inAction(asker, 'bank.preview'), input);
  const sample = survey.records.slice(0, 5).map(({ line, cells }) => ({ line, cells: [...cells] }));
  const head = { header: [...survey.header], mapping: reading.mapping, encoding: survey.encoding, isEncodingCertain: survey.isEncodingCertain, sample };
  try {
    assertReadable(reading.mapping);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...head, lines: survey.records.length, totals: null, problems: [] };
  }
  const { lines, problems } = readLines(survey, reading, account.currency);
  const total = (keep: (minor: bigint) => boolean) => moneyOf(lines.reduce((sum, { amount: { minor } }) => (keep(minor) ? sum + minor : sum), 0n), account.currency);
  return { ...head, lines: lines.length, totals: { incoming: total((minor) => minor > 0n), outgoing: total((minor) => minor < 0n) }, problems: [...problems] };
}

export interface TakenStatement {
  readonly id: string;
  readonly lines: number;
  /** Lines that no statement before had. */
  readonly fresh: number;
}

const slice = 500;

// i18n-keys: errors.bank.line.*
/**
 * Takes a statement in: every movement once, whichever and how many statements it stands in, and a job that looks at each. All of it or nothing. Throws INVALID with the line that cannot
 * be understood, CONFLICT for a file that is in already, NOT_FOUND for an account that is none of the tenant's bank accounts.
 */
export async function takeStatement(asker: TenantScope, input: StatementInput, now: Date): Promise<TakenStatement> {
  const scope = inAction(asker, 'bank.take');
  const { account, survey, reading } = await prepare(scope, input);
  assertReadable(reading.mapping);
  const { lines, problems: [problem] } = readLines(survey, reading, account.currency);
  if (problem !== undefined) throw invalid('file', `errors.bank.line.${problem.problem}`, { line: problem.line });
  if (lines.length === 0) throw invalid('file', 'errors.csv.noRows');
  return await withTenant(scope, async (tx) => {
    await bankAccount(tx, scope, account.id, true);
    const ofAccount = and(eq(bankLines.tenantId, scope.tenantId), eq(bankLines.paymentAccountId, account.id));
    const known = new Set<string>();
    for (let from = 0; from < lines.length; from += slice) {
      const keys = lines.slice(from, from + slice).map(({ key }) => key);
      for (const { key } of await tx.select({ key: bankLines.lineKey }).from(bankLines).where(and(ofAccount, inArray(bankLines.lineKey, keys)))) known.add(key);
    }
    const fresh = lines.filter(({ key }) => !known.has(key));
    const id = newId();
    const [made] = await tx.insert(bankStatements).values({
      tenantId: scope.tenantId, id, paymentAccountId: account.id, fileName: input.name, fileHash: survey.hash, reading, lines: lines.length, fresh: fresh.length,
      createdBy: scope.actor.kind === 'user' ? scope.actor.id : null, createdAt: now,
    }).onConflictDoNothing().returning({ id: bankStatements.id });
    if (made === undefined) throw conflict('errors.bank.known');
    for (let from = 0; from < fresh.length; from += slice) {
      await tx.insert(bankLines).values(fresh.slice(from, from + slice).map(({ key, bookedOn, amount, payer, payerAccount, purpose, reference, bankId }) => ({
        tenantId: scope.tenantId, id: newId(), statementId: id, paymentAccountId: account.id, lineKey: key, bookedOn, amountMinor: amount.minor, currency: amount.currency, payer, payerAccount, purpose, reference, bankId,
        createdAt: now, updatedAt: now,
      })));
    }
    if (fresh.length > 0) await enqueue(tx, scope, matchStatementJob, { statementId: id });
    return { id, lines: lines.length, fresh: fresh.length };
  });
}

/** The tenant's bank accounts and the statements that were read in, newest first. */
export async function listStatements(asker: TenantScope) {
  const scope = inAction(asker, 'bank.statements');
  const accounts = await readTenant(scope, (tx) => tx.select({ id: paymentAccounts.id, name: paymentAccounts.name, currency: paymentAccounts.currency }).from(paymentAccounts)
    .where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, 'bank_transfer'))).orderBy(asc(paymentAccounts.currency), asc(paymentAccounts.slug)));
  const statements = await readTenant(scope, (tx) => tx.select({ id: bankStatements.id, accountId: bankStatements.paymentAccountId, fileName: bankStatements.fileName, lines: bankStatements.lines, fresh: bankStatements.fresh, createdAt: bankStatements.createdAt })
    .from(bankStatements).where(visible(scope, bankStatements)).orderBy(desc(bankStatements.createdAt), desc(bankStatements.id)).limit(50));
  return { accounts, statements };
}

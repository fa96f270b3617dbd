import { escapeIdentifier, type Client } from 'pg';

/** Tables that the bulk load writes. */
export const bulkTables: readonly string[] = ['user', 'user_roles', 'memberships', 'cards', 'payments', 'ledger_transactions', 'ledger_entries'];

const ledgerTriggers: readonly string[] = ['ledger_transactions_balance', 'ledger_entries_balance', 'ledger_transactions_told', 'ledger_transactions_open', 'ledger_entries_open', 'ledger_entries_day'];

interface Trigger {
  readonly table: string;
  readonly name: string;
}

interface Constraint extends Trigger {
  readonly definition: string;
}

const tables = bulkTables.map((table) => `public.${escapeIdentifier(table)}`);

/**
 * Takes the work of every single row out of a bulk load: audit triggers, the ledger's balance and days, and foreign keys. Everything happens inside
 * the transaction that `client` is in, which locks the tables against everybody else; the function returned puts all of it back, and the
 * foreign keys are then checked over the whole of the tables. A load that fails, or a process that dies, leaves nothing switched off. Row
 * level security, NOT NULL, CHECK and unique constraints stay on all the time.
 */
export async function suspendChecks(client: Client): Promise<() => Promise<void>> {
  const { rows: triggers } = await client.query<Trigger>(
    `select tgrelid::regclass::text as table, tgname as name from pg_trigger
     where tgrelid = any($1::regclass[]) and tgenabled <> 'D' and (tgname in ('audit_row_change', 'audit_rows_added') or tgname = any($2))`, [tables, ledgerTriggers],
  );
  const { rows: constraints } = await client.query<Constraint>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and conrelid = any($1::regclass[]) order by conrelid, conname`, [tables],
  );
  for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${escapeIdentifier(name)}`);
  for (const { table, name } of constraints) await client.query(`alter table ${table} drop constraint ${escapeIdentifier(name)}`);
  return async () => {
    // without fresh figures the foreign keys would be checked by nested loops over tables thought to be small
    await client.query(`analyze ${tables.join(', ')}`);
    for (const { table, name, definition } of constraints) await client.query(`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`);
    for (const { table, name } of triggers) await client.query(`alter table ${table} enable trigger ${escapeIdentifier(name)}`);
  };
}

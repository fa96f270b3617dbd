import { escapeLiteral } from 'pg';

/** The settings that every policy and trigger reads; always local to one transaction. */
export interface TransactionSettings {
  readonly tenantId: string;
  /** `*` the whole tenant, a branch id, `self`, or `none`. */
  readonly branch: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly requestId: string;
}

/** `snapshot`: read-only, and every statement sees the moment of the first. */
export type TransactionMode = 'read only' | 'read write' | 'snapshot';

const begins: Readonly<Record<TransactionMode, string>> = {
  'read only': 'begin read only',
  'read write': 'begin read write',
  snapshot: 'begin isolation level repeatable read read only',
};

/**
 * BEGIN and the settings as one message, so that no statement can run between them. A transaction that cannot write sets only what the
 * policies read; the others are there for the audit trigger. With `planned` a remembered statement keeps the one plan that it was
 * given for any values.
 */
export function openingStatement(settings: TransactionSettings, mode: TransactionMode, planned = false): string {
  const set = (name: string, value: string) => `set_config('app.${name}', ${escapeLiteral(value)}, true)`;
  const walls = [set('current_tenant_id', settings.tenantId), set('current_branch_id', settings.branch), set('actor_id', settings.actorId)];
  const trail = mode === 'read write' ? [set('actor_kind', settings.actorKind), set('action', settings.action), set('request_id', settings.requestId)] : [];
  const plan = planned ? ["set_config('plan_cache_mode', 'force_generic_plan', true)"] : [];
  // a snapshot reads its queries to the end, so they are planned for the whole and not for the first rows
  const whole = mode === 'snapshot' ? ["set_config('cursor_tuple_fraction', '1', true)"] : [];
  // concat evaluates all of them and answers with one column: less to read for every transaction
  return `${begins[mode]}; select length(concat(${[...walls, ...trail, ...plan, ...whole].join(', ')}))`;
}

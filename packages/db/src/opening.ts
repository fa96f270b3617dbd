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

/**
 * BEGIN and the settings as one message, so that no statement can run between them. A transaction that cannot write sets only what the
 * policies read; the others are there for the audit trigger. With `planned` a remembered statement keeps the one plan that it was
 * given for any values.
 */
export function openingStatement(settings: TransactionSettings, mode: 'read only' | 'read write', planned = false): string {
  const set = (name: string, value: string) => `set_config('app.${name}', ${escapeLiteral(value)}, true)`;
  const walls = [set('current_tenant_id', settings.tenantId), set('current_branch_id', settings.branch), set('actor_id', settings.actorId)];
  const trail = mode === 'read only' ? [] : [set('actor_kind', settings.actorKind), set('action', settings.action), set('request_id', settings.requestId)];
  const plan = planned ? ["set_config('plan_cache_mode', 'force_generic_plan', true)"] : [];
  // concat evaluates all of them and answers with one column: less to read for every transaction
  return `begin ${mode}; select length(concat(${[...walls, ...trail, ...plan].join(', ')}))`;
}

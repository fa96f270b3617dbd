/** A change of one place of the gateway that a guard has to notice. */
export interface Mutant {
  /** Below packages/db/src. */
  readonly file: string;
  /** Stands in the file exactly once; otherwise the list is out of date, which is an error of its own. */
  readonly from: string;
  readonly to: string;
}

const of = (file: string, changes: readonly (readonly [from: string, to: string])[]): Mutant[] => changes.map(([from, to]) => ({ file, from, to }));

/** I-30: what could go wrong in the code between a request and the rows. */
export const mutants: readonly Mutant[] = [
  ...of('tenant.ts', [
    ["case 'own': return reach.branchId;", "case 'own': return '*';"],
    ["case 'self': return 'self';", "case 'self': return '*';"],
    ["case 'public': return 'none';", "case 'public': return '*';"],
    ["if (running.getStore() !== undefined) {", "if (running.getStore() === null) {"],
    ["if (scope.tenantId.trim() === '') throw", "if (scope.tenantId === '') throw"],
    ["  assertOutsideTransaction();\n  return {", "  return {"],
    ["branch: branchSetting(scope.reach),", "branch: '*',"],
    ["actorId: scope.actor.id ?? '',", "actorId: '',"],
    ["actorKind: scope.actor.kind,", "actorKind: 'system',"],
    ["action: scope.action,", "action: '',"],
    ["(open ? ask(...args) :", "(open || ask.length >= 0 ? ask(...args) :"],
    ["openingStatement(settings, 'read write')", "'begin'"],
    ["await running.run({ tenantId }, () => fn(tx));", "await fn(tx);"],
    ["const ended = await client.query('commit');", "const ended = await client.query('rollback');"],
    ["if (ended.command !== 'COMMIT') throw", "if (ended.command === 'NEVER') throw"],
    ["running.run({ tenantId: scope.tenantId }, () => query(tx).then((value) => value));\n    close();", "running.run({ tenantId: scope.tenantId }, () => query(tx).then((value) => value));"],
    ["running.run({ tenantId: scope.tenantId }, () => query(tx).then((value) => value));", "query(tx).then((value) => value);"],
  ]),
  ...of('opening.ts', [
    ['${escapeLiteral(value)}, true)`', '${escapeLiteral(value)}, false)`'],
    ['${escapeLiteral(value)}, true)`', "'${value}', true)`"],
    ["set('current_branch_id', settings.branch)", "set('current_branch_id', '*')"],
    ["set('actor_id', settings.actorId)", "set('actor_id', '')"],
    ["const trail = mode === 'read only' ? [] :", "const trail = mode === 'read write' ? [] :"],
  ]),
  ...of('one-message.ts', [
    ["set_config('app.current_tenant_id', $1, true)", "set_config('app.current_tenant_id', $1, false)"],
    ["set_config('app.current_branch_id', $2, true)", "set_config('app.current_branch_id', $2, false)"],
    ["set_config('app.actor_id', $3, true)", "set_config('app.actor_id', $3, false)"],
    ["set_config('plan_cache_mode', $4, true)", "set_config('plan_cache_mode', $4, false)"],
    ["set_config('transaction_read_only', 'on', true)", "set_config('transaction_read_only', 'off', true)"],
    ["values: [settings.tenantId, settings.branch, settings.actorId,", "values: [settings.tenantId, '*', settings.actorId,"],
    ["values: [settings.tenantId, settings.branch, settings.actorId,", "values: [settings.tenantId, settings.branch, '',"],
    ["if (!remembers || connection.parsedStatements", "if (connection.parsedStatements"],
    ["const name = remembers ? openingName : '';", "const name = openingName;"],
    ["    connection.execute({});\n    inherited.prepare", "    connection.execute({});\n    (connection as unknown as { sync(): void }).sync();\n    inherited.prepare"],
    ["if (this.#opened) inherited.handleDataRow", "inherited.handleDataRow"],
  ]),
  ...of('prepared.ts', [
    ['const planned = name !== undefined && remembers;', 'const planned = name !== undefined;'],
    ['settings: settingsOf(scope), statement, planned, remembers', "settings: { ...settingsOf(scope), branch: '*' }, statement, planned, remembers"],
    ['if (!Number.isSafeInteger(rows) || rows < 1) throw', 'if (!Number.isSafeInteger(rows)) throw'],
  ]),
  ...of('scope.ts', [
    ["if (tenant === null || tenant.status !== 'active' || row === null) return neither;", 'if (tenant === null || row === null) return neither;'],
    ["reach: visitor ? { kind: 'public' } : { kind: 'tenant' },", "reach: { kind: 'tenant' },"],
    ['permissions: visitor ? visitorPermissions : systemPermissions,', 'permissions: systemPermissions,'],
    ["if (!row.roles.some(({ role }) => role === 'member')) return neither;", ''],
    ['if (row.needs === null) return { scope: make', 'if (row.needs !== undefined) return { scope: make'],
    ["return open({ reach: self, roles: ['member']", "return open({ reach: { kind: 'tenant' }, roles: ['member']"],
    ["(role === 'member' ? [] : [{ id, role, branchId }])", '[{ id, role, branchId } as HeldPost]'],
    ["return reach.kind === 'own' ? { ...reach, agentId: userId } : reach;", "return reach.kind === 'own' ? { kind: 'branch', branchId: reach.branchId } : reach;"],
    ['return held.permissions.has(permission) ? scope : null;', 'return scope;'],
    ['if (reach === null) return null;\n  const byRole', 'if (reach === null) return scope;\n  const byRole'],
    ["return make({ ...scope, reach: { kind: 'tenant' }, action });", "return make({ ...scope, reach: { kind: 'tenant' } });"],
  ]),
  ...of('session.ts', [
    ['s.revoked_at is null and ', ''],
    ['s.expires_at > now()', 'true'],
    ["and u.status = 'active'", ''],
    ['s.app = $3', '$3::text is not null'],
    ['where s.tenant_id = $1 and', 'where $1::text is not null and'],
    ["then 'code'", 'then null'],
    ['and (s.last_seen_at >', 'and (true or s.last_seen_at >'],
    ['if (!id.test(sessionId)) return null;', ''],
  ]),
  ...of('visible.ts', [
    ['return also === undefined ? inTenant : (and(inTenant, also) ?? nothing);', 'return also ?? inTenant;'],
    ['return also === undefined ? inTenant : (and(inTenant, also) ?? nothing);', 'return also ?? sql`true`;'],
    ['return table.branchId === undefined ? nothing : eq(table.branchId, place.branchId);', 'return table.branchId === undefined ? undefined : eq(table.branchId, place.branchId);'],
    ['return table.branchId === undefined ? nothing : eq(table.branchId, place.branchId);', 'return undefined;'],
    ['return and(eq(table.branchId, place.branchId), ownedBy(place, table, people));', 'return ownedBy(place, table, people);'],
    ['return and(eq(table.branchId, place.branchId), ownedBy(place, table, people));', 'return eq(table.branchId, place.branchId);'],
    ["case 'public':\n      return nothing;", "case 'public':\n      return undefined;"],
    ['if (people) return eq(table.id, place.actorId);', ''],
    ['return table.userId === undefined ? nothing : eq(table.userId, place.actorId);', 'return undefined;'],
    ['if (people) return eq(user.agentId, actorId);', 'if (people) return sql`true`;'],
    ['and(eq(user.tenantId, tenantId), eq(user.agentId, actorId))', 'eq(user.tenantId, tenantId)'],
    ["reach.kind === 'branch' || reach.kind === 'own' ? reach.branchId : ''", "reach.kind === 'branch' ? reach.branchId : ''"],
  ]),
];

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repoRoot } from './repository';

export const permissionDocument = 'docs/permissions.md';

/** What the document says of one permission. */
export interface PermissionFacts {
  readonly permission: string;
  readonly text: string;
  /** By role, how far it reaches; null where the role does not hold it. */
  readonly reach: Readonly<Record<string, string | null>>;
  readonly grantable: 'branch' | 'tenant' | null;
  readonly includes: readonly string[];
  readonly fresh: boolean;
}

interface Rules {
  readonly permissions: readonly string[];
  readonly permissionTable: Readonly<Record<string, { readonly text: string; readonly includes?: readonly string[]; readonly fresh?: true }>>;
  readonly tenantRoles: readonly string[];
  readonly reachWith: (role: string, permission: string) => string | null;
  readonly grantableIn: (permission: string) => 'branch' | 'tenant' | null;
}

/** The permission table itself, as the procedures and the screens read it. */
export async function readPermissions(): Promise<PermissionFacts[]> {
  const rules = (await import(/* @vite-ignore */ pathToFileURL(join(repoRoot, 'packages/rules/src/permissions/index.ts')).href)) as Rules;
  return rules.permissions.map((permission) => ({
    permission, text: rules.permissionTable[permission]?.text ?? '', includes: rules.permissionTable[permission]?.includes ?? [], grantable: rules.grantableIn(permission),
    fresh: rules.permissionTable[permission]?.fresh === true,
    reach: Object.fromEntries(rules.tenantRoles.map((role) => [role, rules.reachWith(role, permission)])),
  }));
}

/** Reaches in words; a cell of the table holds one of them. */
const reachWords: Readonly<Record<string, string>> = { tenant: 'all', branch: 'branch', own: 'own', self: 'self', public: 'yes' };
const grantWords = { branch: 'branch or all', tenant: 'all' } as const;

/** The document, whole. */
export function renderPermissions(facts: readonly PermissionFacts[]): string {
  const roles = Object.keys(facts[0]?.reach ?? {});
  const rows = facts.map(({ permission, text, reach, grantable, includes, fresh }) => {
    const cells = roles.map((role) => reachWords[reach[role] ?? ''] ?? '-');
    const brings = includes.length === 0 ? '' : ` Brings along ${includes.map((one) => `\`${one}\``).join(', ')}.`;
    return `| \`${permission}\` | ${cells.join(' | ')} | ${grantable === null ? '-' : grantWords[grantable]} | ${text}${brings}${fresh ? ' Asks for a fresh proof.' : ''} |`;
  });
  return `# Who may do what

Generated from the permission table (\`packages/rules/src/permissions/table.ts\`) by \`npm run generate\`; a check fails when it is stale. Do
not edit. Procedures, screens and the administrator's own page (\`/staff/permissions\`) read the same table.

A cell says how far the role reaches with it: *all* of the tenant, one *branch*, the *own* members, sales and leads inside the branch, the
person alone (*self*), or *yes* where everybody may, signed in or not. *Granted* says where it can be given to one named person beyond the
role: nobody gives what the own role does not hold, outside the own branch, or to themselves, and what was given is not passed on. A super
admin inside a tenant acts as its administrator; \`platform.*\` holds outside tenants alone, and \`system.run\` is held by no person. *Asks for a
fresh proof*: who is at the screen has given the password or a code within the last ten minutes, or is asked for it then.

| permission | ${roles.map((role) => role.replace('_', ' ')).join(' | ')} | granted | allows |
|---|${roles.map(() => '---|').join('')}---|---|
${rows.join('\n')}
`;
}

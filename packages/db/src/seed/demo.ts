import { countryPacks } from '@interdomestik/rules/country-packs';

/** The one password of every demo account. */
export const demoPassword = 'Sharri-2026-Prespa';

/** A way in for whoever tries the product out. */
export interface DemoSignIn {
  /** Slug of the tenant; empty for super admins, who stand outside. */
  readonly tenant: string;
  readonly role: 'super_admin' | 'tenant_admin' | 'branch_manager' | 'agent' | 'promoter' | 'member';
  readonly email: string;
  readonly password: string;
  readonly portal: 'member' | 'admin';
}

const domain = 'interdomestik.example';

export const superAdmin = { email: `super@${domain}`, name: 'Super Admin' } as const;

export const demoEmail = (slug: string, local: string): string => `${local}@${slug}.${domain}`;

/** Local parts of the demo staff of a branch: `manager.skopje`, `agent.skopje`, `agent2.skopje`. */
export const branchStaff = (branchCode: string) => [
  { role: 'branch_manager', local: `manager.${branchCode}` },
  { role: 'agent', local: `agent.${branchCode}` },
  { role: 'agent', local: `agent2.${branchCode}` },
] as const;

/** Every account that can be tried out, tenant by tenant; the members' own addresses work with the same password. */
export const demoSignIns: readonly DemoSignIn[] = [
  { tenant: '', role: 'super_admin', email: superAdmin.email, password: demoPassword, portal: 'admin' },
  ...countryPacks.flatMap(({ tenant: { slug }, branches }): DemoSignIn[] => {
    const one = (role: DemoSignIn['role'], local: string): DemoSignIn => ({
      tenant: slug, role, email: demoEmail(slug, local), password: demoPassword, portal: role === 'member' ? 'member' : 'admin',
    });
    return [
      one('tenant_admin', 'admin'),
      ...branches.flatMap(({ code }) => branchStaff(code).map(({ role, local }) => one(role, local))),
      one('promoter', 'promoter'),
      one('member', 'member'),
    ];
  }),
];

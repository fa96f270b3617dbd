import { ofTenant, type Addresses } from './addresses';

interface SignIn {
  tenant: string;
  role: string;
  email: string;
  password: string;
  portal: string;
  url?: string;
}

/** Lines in columns: every column as wide as its widest word. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()).join('\n');
}

/** What a person needs after the start: addresses of both portals and the demo sign-ins. */
export async function welcome(addresses: Addresses): Promise<string> {
  const { demoSignIns } = (await import('@interdomestik/db/demo')) as { demoSignIns: readonly SignIn[] };
  const { countryPacks } = await import('@interdomestik/rules/country-packs');
  const { demoSecondFactorSecret } = await import('@interdomestik/rules/users');
  const portals = [
    ['', 'members', 'staff'],
    ['all', addresses.member, addresses.admin],
    ...countryPacks.map((pack) => [pack.tenant.slug, ofTenant(addresses.member, pack.tenant.slug), ofTenant(addresses.admin, pack.tenant.slug)]),
  ];
  const people = [['tenant', 'role', 'portal', 'e-mail', 'password'], ...demoSignIns.map((one) => [one.tenant, one.role, one.portal, one.email, one.password])];
  return `\n${columns(portals)}\n\nDemo sign-ins\n${columns(people)}\n\n  Staff are asked for a code as well: the page shows a demo account its code. An authenticator app with the key\n  ${demoSecondFactorSecret} gives the same ones.\n`;
}

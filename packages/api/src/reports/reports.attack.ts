import type { AttacksOn } from '../attacks/attack';

const asked = { from: '2026-01-01', to: '2027-12-31' } as const;

export const reportsAttacks: AttacksOn<'reports'> = {
  table: { by: 'manager', of: 'branch', quiet: true, values: ['branchId'], input: (place) => ({ ...asked, report: 'revenue', group: 'branch', branchId: place.branch.id }) },
  export: { by: 'manager', of: 'branch', input: () => ({ ...asked, report: 'cash', format: 'csv' }) },
  entries: { by: 'manager', of: 'branch', quiet: true, values: ['branchId'], input: (place) => ({ ...asked, report: 'revenue', group: 'branch', column: 'gross', currency: place.tenant.pack.currencies[0] ?? 'EUR', branchId: place.branch.id }) },
  items: { by: 'manager', of: 'branch', quiet: true, values: ['branchId'], input: (place) => ({ to: asked.to, branchId: place.branch.id }) },
  exportItems: { by: 'manager', of: 'branch', input: () => ({ to: asked.to, format: 'csv' }) },
};

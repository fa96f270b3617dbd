import { foldReport, money, type DateOnly, type Money } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { ledgerSums } from './sums';
import { cutOf } from './table';

export interface TakingsRow {
  /** First day of the month. */
  readonly label: string;
  readonly net: Money;
  readonly vat: Money;
  readonly providerTax: Money;
  readonly gross: Money;
}

/** Takings of one branch by month, between two days of the tenant's calendar, `to` included. */
export async function takingsReport(scope: TenantScope, { from, to, branchId }: { readonly from: DateOnly; readonly to: DateOnly; readonly branchId: string }): Promise<TakingsRow[]> {
  const sums = await ledgerSums(scope, { report: 'revenue', group: 'month', from, cut: cutOf(scope, { to }), branchId });
  return foldReport('revenue', 'month', sums).rows.map(({ about: [label], amounts: [net, vat, providerTax, gross] }) => {
    const nothing = money(0n, net?.currency ?? gross?.currency ?? 'EUR');
    return { label: label ?? '', net: net ?? nothing, vat: vat ?? nothing, providerTax: providerTax ?? nothing, gross: gross ?? nothing };
  });
}

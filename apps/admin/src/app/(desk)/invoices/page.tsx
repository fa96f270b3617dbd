import { clearanceStates, invoiceStatuses } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ExportButton } from '../../_parts/export-button';
import { oneOf, only, readQuery, type Query } from '../../_parts/query';
import { InvoiceList } from './invoice-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('invoices') };
}

export default async function InvoicesPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('invoices.read');
  const [get, api, c] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav')]);
  const wish = { search: get('q')?.slice(0, 200), filters: { status: only(oneOf(get('status'), invoiceStatuses)), clearance: only(oneOf(get('clearance'), clearanceStates)) } };
  const page = await needed(api.invoices.list({ cursor: get('cursor'), ...wish }));
  return (
    <>
      <PageHead title={c('invoices')} actions={me.can('exports.run') ? <ExportButton wish={{ list: 'invoices', ...wish }} /> : undefined} />
      <InvoiceList page={page} showsMembers={me.can('members.read')} mayIssue={me.can('invoices.issue')} audit={me.can('audit.read')} />
    </>
  );
}

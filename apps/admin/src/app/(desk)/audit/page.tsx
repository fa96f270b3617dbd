import { auditDoings } from '@interdomestik/rules/audit';
import { isDateOnly, type DateOnly } from '@interdomestik/rules/periods';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ExportButton } from '../../_parts/export-button';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { AuditTrail } from './audit-trail';
import { SealState } from './seal-state';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('audit') };
}

const dayOf = (value: string | undefined): DateOnly | undefined => (value !== undefined && isDateOnly(value) ? value : undefined);

export default async function AuditPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('audit.read');
  const [query, api] = await Promise.all([readQuery(searchParams), caller()]);
  const filters = {
    entity: query('entity'), entityId: query('record'), actorId: query('actor'), branchId: idOf(query('branch')), doing: oneOf(query('doing'), auditDoings), from: dayOf(query('from')), until: dayOf(query('until')),
  };
  const [page, state, branches, people] = await Promise.all([
    needed(api.audit.list({ cursor: query('cursor'), filters })), needed(api.audit.state()),
    me.reach === 'tenant' && me.can('branches.read') ? needed(api.branches.list()) : [], me.can('staff.read') ? needed(api.staff.list({ limit: 100 })) : null,
  ]);
  return (
    <AuditTrail
      entries={page.items} nextCursor={page.nextCursor} actions={me.can('exports.run') ? <ExportButton wish={{ list: 'audit', filters }} /> : null} seal={<SealState state={state} />}
      branches={branches.map(({ id, name }) => ({ value: id, label: name }))} people={(people?.items ?? []).map(({ id, firstName, lastName }) => ({ value: id, label: `${firstName} ${lastName}` }))}
    />
  );
}

import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { readQuery, type Query } from '../../_parts/query';
import { AuditTrail } from './audit-trail';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('audit') };
}

export default async function AuditPage({ searchParams }: { searchParams: Query }) {
  await viewer('audit.read');
  const [query, api] = await Promise.all([readQuery(searchParams), caller()]);
  const page = await needed(api.audit.list({ cursor: query('cursor'), filters: { entity: query('entity'), entityId: query('record'), actorId: query('actor') } }));
  return <AuditTrail entries={page.items} nextCursor={page.nextCursor} />;
}

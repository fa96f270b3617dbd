import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { viewer } from '@/server/viewer';
import { oneOf, readQuery, type Query } from '../_parts/query';
import { AgentHome } from './_home/agent-home';
import { ManagerHome } from './_home/manager-home';
import { PromoterHome } from './_home/promoter-home';

const periods = ['month', 'quarter', 'year'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('dashboard') };
}

export default async function DashboardPage({ searchParams }: { searchParams: Query }) {
  const [me, get] = await Promise.all([viewer('dashboard.read'), readQuery(searchParams)]);
  const period = oneOf(get('period'), periods) ?? 'month';
  if (!me.can('members.read')) return <PromoterHome viewer={me} />;
  if (me.reach === 'own') return <AgentHome viewer={me} period={period} />;
  return <ManagerHome viewer={me} period={period} />;
}

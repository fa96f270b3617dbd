import { todayIn } from '@interdomestik/rules/periods';
import { PageHead, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { readQuery, type Query } from '../../../../_parts/query';
import { PeriodFilter } from '../../period-filter';
import { askedPeriod } from '../../periods';
import { Statement } from './statement';

export async function generateMetadata() {
  return { title: (await getTranslations('reports'))('ledger.statement') };
}

// i18n-keys: common.ledger.accounts.*
export default async function StatementPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Query }) {
  const me = await viewer('ledger.read');
  const [{ id }, query, { now }, api, t, c] = await Promise.all([params, readQuery(searchParams), requestContext(), caller(), getTranslations('reports'), getTranslations('common.ledger.accounts')]);
  const { period, range } = askedPeriod(query, todayIn(me.tenant.timeZone, now));
  const statement = await needed(api.ledger.statement({ accountId: id, ...range, limit: 50, cursor: query('cursor') }));
  const { code, name } = statement.account;
  return (
    <>
      <PageHead title={name === null ? code : `${code} ${c(name)}`} meta={t('ledger.statement')} back={<TextLink kind="standalone" href="/reports/ledger">{t('ledger.allAccounts')}</TextLink>} />
      <div className="mb-6 flex flex-wrap items-end gap-3"><PeriodFilter period={period} range={range} /></div>
      <Statement statement={statement} />
    </>
  );
}

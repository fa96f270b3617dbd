import { reportNames, type ReportName } from '@interdomestik/rules/reports';
import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

interface ReportTabsProps {
  readonly at: ReportName | 'ledger';
  /** What was chosen and goes along to the next report. */
  readonly kept?: Readonly<Record<string, string | undefined>>;
  readonly ledger: boolean;
}

// i18n-keys: reports.names.*
/** The reports, and the ledger itself for who may read it. */
export async function ReportTabs({ at, kept = {}, ledger }: ReportTabsProps) {
  const [t, c] = await Promise.all([getTranslations('reports'), getTranslations('common.nav')]);
  const along = Object.entries(kept).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return (
    <TabLinks
      label={c('reports')}
      className="mb-4"
      items={[
        ...reportNames.map((name) => ({ href: `/reports?${new URLSearchParams([['report', name], ...along]).toString()}`, label: t(`names.${name}`), current: name === at })),
        ...(ledger ? [{ href: '/reports/ledger', label: t('ledger.title'), current: at === 'ledger' }] : []),
      ]}
    />
  );
}

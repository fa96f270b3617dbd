import { Card, KeyValue } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { Outputs } from '@/trpc/outputs';
import type { Formats } from '../../../_parts/formats';

type Rows = NonNullable<Outputs['branches']['get']['takings']>;

/** What the branch took in the last half year, month by month, the newest first. */
export async function Takings({ rows, formats }: { rows: Rows; formats: Formats }) {
  const [t, c] = await Promise.all([getTranslations('admin.branches'), getTranslations('common.dates.months')]);
  const byMonth = new Map<string, Rows>();
  for (const row of rows) byMonth.set(row.label, [...(byMonth.get(row.label) ?? []), row]);
  // i18n-keys: common.dates.months.*
  const monthOf = (day: string) => `${c(String(Number(day.slice(5, 7))) as '1')} ${day.slice(0, 4)}`;
  return (
    <Card title={t('takings')}>
      {byMonth.size === 0 ? <p className="text-ink-muted">{t('noTakings')}</p> : (
        <KeyValue items={[...byMonth].toReversed().map(([month, sums]) => ({ label: <span className="inline-block first-letter:uppercase">{monthOf(month)}</span>, value: <span className="figures">{formats.sums(sums.map(({ gross }) => gross))}</span> }))} />
      )}
    </Card>
  );
}

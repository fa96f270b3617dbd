import { Section, TextLink } from '@interdomestik/ui';
import { formatInstant } from '@interdomestik/rules/periods';
import { getTranslations } from 'next-intl/server';
import type { Outputs } from '@/trpc/outputs';

interface RetentionTableProps {
  readonly report: Outputs['retention']['report'];
  readonly zone: string;
  /** Whether the reader may look at rules. */
  readonly rules: boolean;
}

const dayOf = (day: string): string => day.split('-').toReversed().join('.');

// i18n-keys: privacy.retention.kinds.*
/** The trial of the retention rule: what would go today, of which kind, and what the last night took. */
export async function RetentionTable({ report, zone, rules }: RetentionTableProps) {
  const t = await getTranslations('privacy.retention');
  const { last } = report;
  const taken = last === null ? 0 : Object.values(last.gone).reduce((sum, count) => sum + count, 0);
  return (
    <Section title={t('title')} help={t('help')} className="max-w-4xl">
      <table className="w-full rounded-card border bg-raised text-left">
        <thead><tr className="border-b text-note text-ink-muted"><th scope="col" className="px-4 py-2 font-semibold">{t('kind')}</th><th scope="col" className="px-4 py-2 font-semibold">{t('before')}</th><th scope="col" className="px-4 py-2 text-right font-semibold">{t('count')}</th></tr></thead>
        <tbody className="divide-y divide-line">
          {report.kinds.map(({ kind, from, count }) => (
            <tr key={kind}><th scope="row" className="px-4 py-2 font-normal">{t(`kinds.${kind}`)}</th><td className="figures px-4 py-2 whitespace-nowrap">{dayOf(from)}</td><td className={`figures px-4 py-2 text-right ${count > 0 ? 'font-semibold' : 'text-ink-muted'}`}>{count}</td></tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-note text-ink-muted">
        {report.nightly ? t('on') : t('off')} {last === null ? t('never') : t('last', { at: formatInstant(last.at, zone), count: taken })} {rules ? <TextLink href="/settings/retention">{t('rule')}</TextLink> : null}
      </p>
    </Section>
  );
}

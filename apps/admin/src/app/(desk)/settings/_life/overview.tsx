'use client';
import { Badge, ButtonLink, DataTable, Section, Status, TextLink, type DataColumn } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import { Moment } from '../../../_parts/values';
import { ruleHref } from './urls';
import { VersionState } from './version-state';

type Answer = Outputs['settings']['overview'];
type Kind = Answer['kinds'][number];
type Pending = Answer['scheduled'][number];

/** All kinds as one calm table, below what waits for the person's own word. */
export function Overview({ overview }: { overview: Answer }) {
  const t = useTranslations('settings.overview');
  const s = useTranslations('admin.settings');
  const word = useWord();
  const router = useRouter();
  const formats = useFormats();
  const mine = overview.open.filter(({ waitsForMe }) => waitsForMe);
  const nameOf = ({ kind }: { readonly kind: Kind['kind'] }) => word('ruleKinds', kind);
  const none = <span className="text-ink-muted">–</span>;
  const of = <V extends Pending>(list: readonly V[], kind: Kind['kind']) => list.filter((one) => one.kind === kind);
  const where = (one: Pending) => (one.branchName === null ? null : <span className="text-note text-ink-muted">{one.branchName}</span>);
  const columns: readonly DataColumn<Kind>[] = [
    { id: 'kind', header: t('rule'), card: 'title', cell: (row) => <span className="font-semibold">{nameOf(row)}</span> },
    {
      id: 'version', header: t('inForce'),
      cell: (row) => <span className="flex flex-wrap items-center gap-x-2"><Badge>{s('version', { version: row.version })}</Badge>{row.overrides > 0 ? <span className="text-note text-ink-muted">{t('overrides', { count: row.overrides })}</span> : null}</span>,
    },
    { id: 'since', header: t('since'), from: 'xl', cell: (row) => <Moment value={row.effectiveFrom} />, width: '10rem' },
    {
      id: 'draft', header: t('draft'),
      cell: (row) => {
        const drafts = of(overview.open, row.kind);
        return drafts.length === 0 ? none : <span className="block space-y-1 py-1">{drafts.map((one) => (
          <span key={one.id} className="flex flex-wrap items-baseline gap-x-2"><VersionState state={one.state} look="plain" /><span className="text-note text-ink-muted">{one.updatedBy?.name ?? one.createdBy?.name ?? ''}</span>{where(one)}</span>
        ))}</span>;
      },
    },
    {
      id: 'scheduled', header: t('scheduled'), from: 'lg',
      cell: (row) => {
        const coming = of(overview.scheduled, row.kind);
        return coming.length === 0 ? none : <span className="block space-y-1 py-1">{coming.map((one) => <span key={one.id} className="flex flex-wrap items-baseline gap-x-2"><Moment value={one.effectiveFrom} />{where(one)}</span>)}</span>;
      },
    },
    {
      id: 'problems', header: t('problems'), card: 'status', width: '9rem',
      cell: (row) => {
        const issues = of(overview.open, row.kind).reduce((sum, one) => sum + one.issues, 0);
        return issues === 0 ? none : <Status tone="warning" look="plain">{t('issues', { count: issues })}</Status>;
      },
    },
  ];
  return (
    <div className="space-y-8">
      <Section title={t('mine')}>
        {mine.length === 0 ? <p className="text-ink-muted">{t('mineNone')}</p> : (
          <ul className="divide-y divide-line rounded-card border bg-raised">
            {mine.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
                <div className="min-w-0">
                  <p className="font-semibold">{nameOf(one)}{one.branchName === null ? '' : ` · ${one.branchName}`}</p>
                  <p className="text-note break-words text-ink-muted">{t('asked', { version: one.version, name: one.updatedBy?.name ?? one.createdBy?.name ?? '' })}{one.note === '' ? '' : `: ${one.note}`}</p>
                </div>
                <ButtonLink size="small" href={ruleHref(one.kind, { branchId: one.branchId, draft: true })} aria-label={t('reviewOf', { rule: nameOf(one) })}>{t('review')}</ButtonLink>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('all')} action={<TextLink kind="standalone" href="/audit?entity=tenant_settings">{t('audit')}</TextLink>}>
        <DataTable
          label={t('all')} columns={columns} rows={overview.kinds} rowKey={({ kind }) => kind} rowLabel={(row) => `${nameOf(row)}, ${formats.dayOf(row.effectiveFrom)}`}
          rowHref={({ kind }) => ruleHref(kind)} onOpen={({ kind }) => router.push(ruleHref(kind))} empty={null}
        />
      </Section>
    </div>
  );
}

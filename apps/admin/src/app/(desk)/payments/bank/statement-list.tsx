'use client';
import { Button, ButtonLink, EmptyState, Notice } from '@interdomestik/ui';
import { Landmark } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { Moment } from '../../../_parts/values';
import { StatementDialog } from './statement-dialog';

const soonMs = 1500;

interface StatementListProps {
  readonly standing: Outputs['bank']['statements'];
  /** Lines that nobody has looked at yet: the worker is about to. */
  readonly fresh: number;
}

/** The statements that were read in, and the way to read in another. */
export function StatementList({ standing: { accounts, statements }, fresh }: StatementListProps) {
  const t = useTranslations('bank');
  const router = useRouter();
  const [reading, setReading] = useState(false);
  useEffect(() => {
    if (fresh === 0) return;
    const timer = window.setTimeout(() => router.refresh(), soonMs);
    return () => window.clearTimeout(timer);
  }, [fresh, router]);
  return (
    <section aria-label={t('statements')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2 className="text-lg">{t('statements')}</h2>
        {accounts.length === 0 ? null : <Button onClick={() => setReading(true)}>{t('readIn')}</Button>}
      </div>
      {accounts.length === 0 ? <Notice tone="info" actions={<ButtonLink variant="secondary" href="/settings/payment-accounts">{t('toAccounts')}</ButtonLink>}>{t('noAccount')}</Notice> : null}
      {fresh > 0 ? <Notice tone="info" live className="mb-3">{t('looking', { count: fresh })}</Notice> : null}
      {statements.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState icon={<Landmark />} title={t('noStatements')}>{t('noStatementsHelp')}</EmptyState></div> : (
        <ul className="divide-y divide-line rounded-card border bg-raised">
          {statements.slice(0, 5).map((statement) => (
            <li key={statement.id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3 sm:px-5">
              <span className="min-w-0 break-words">{statement.fileName}</span>
              <span className="text-note text-ink-muted">{t('counts', { lines: statement.lines, fresh: statement.fresh })} · <Moment value={statement.createdAt} /></span>
            </li>
          ))}
        </ul>
      )}
      {reading ? <StatementDialog accounts={accounts} onClose={() => setReading(false)} /> : null}
    </section>
  );
}

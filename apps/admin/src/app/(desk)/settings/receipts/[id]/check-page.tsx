'use client';
import { Button, EmptyState, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../../_parts/use-formats';
import { CheckState } from '../check-list';
import { DifferenceCard } from './difference-card';

type Check = Outputs['receipts']['get'];

/** The differences of a check, a page at a time, each beside its record. */
export function CheckPage({ first }: { first: Check }) {
  const t = useTranslations('rechecks');
  const { moment, count } = useFormats();
  const utils = trpc.useUtils();
  const [items, setItems] = useState(first.items);
  const [after, setAfter] = useState(first.nextAfter);
  const [busy, setBusy] = useState(false);
  const more = async (from: string) => {
    setBusy(true);
    const page = await utils.receipts.get.fetch({ id: first.id, after: from }).finally(() => setBusy(false));
    setItems([...items, ...page.items]);
    setAfter(page.nextAfter);
  };
  return (
    <>
      <TextLink kind="standalone" href="/settings/receipts">{t('back')}</TextLink>
      <h2 className="mt-2 text-lg">{t('of', { at: moment(first.createdAt) })}</h2>
      <p className="mt-1 mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted">
        <CheckState check={first} /><span>{first.by ?? t('byItself')}</span>
        <span className="figures">{t('checked')}: {count(first.checked)} · {t('differing')}: {count(first.differing)}</span>
      </p>
      {items.length === 0 ? <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState> : <ul className="space-y-4">{items.map((item) => <li key={item.id}><DifferenceCard difference={item} /></li>)}</ul>}
      {after === null ? null : <Button variant="secondary" className="mt-4" loading={busy} onClick={() => void more(after)}>{t('more')}</Button>}
    </>
  );
}

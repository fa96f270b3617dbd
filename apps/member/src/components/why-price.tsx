'use client';
import { ErrorState, PriceStory, SkeletonText } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';

/** Opens on demand: what the price of a membership is made of and how it came about, as the rule decided it at the sale. */
export function WhyPrice({ membershipId }: { membershipId: string }) {
  const t = useTranslations('member.home');
  const [open, setOpen] = useState(false);
  return (
    <details className="group mt-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-control items-center rounded-small font-semibold text-accent underline-offset-3 hover:underline">{t('whyPrice')}</summary>
      {open ? <Story id={membershipId} /> : null}
    </details>
  );
}

function Story({ id }: { id: string }) {
  const t = useTranslations('member.home');
  const c = useTranslations('common');
  const show = useShow();
  const errorText = useErrorText();
  const why = trpc.memberships.whyPrice.useQuery({ id }, { staleTime: Number.POSITIVE_INFINITY });
  if (why.isError) return <ErrorState title={errorText(why.error)} onRetry={() => void why.refetch()} retrying={why.isFetching} />;
  if (why.isPending) return <SkeletonText lines={3} label={c('uiWords.loading')} />;
  const { lines, steps, price, rule } = why.data;
  return (
    <PriceStory
      lines={lines.map(({ title, amount }) => ({ label: title, amount: show.money(amount), off: amount.minor < 0n }))} total={{ label: c('fields.total'), amount: show.money(price) }}
      note={t('wholePeriod')} steps={steps} rule={rule === null ? undefined : t('whyRule', { version: rule.version })}
    />
  );
}

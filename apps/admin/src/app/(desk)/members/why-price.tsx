'use client';
import { ErrorState, PriceStory, SkeletonText, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import { ruleHref } from '../settings/_life/urls';

/** Opens on demand: what a membership's price is made of and how it came about, as the rule decided it at the sale. `rules`: may look at the price list itself. */
export function WhyPrice({ membershipId, rules }: { membershipId: string; rules: boolean }) {
  const t = useTranslations('admin.members');
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-control items-center rounded-small text-accent underline-offset-3 hover:underline">{t('whyPrice')}</summary>
      {open ? <Story id={membershipId} rules={rules} /> : null}
    </details>
  );
}

function Story({ id, rules }: { id: string; rules: boolean }) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const formats = useFormats();
  const errorText = useErrorText();
  const why = trpc.memberships.whyPrice.useQuery({ id }, { staleTime: Number.POSITIVE_INFINITY });
  if (why.isError) return <ErrorState title={errorText(why.error)} onRetry={() => void why.refetch()} retrying={why.isFetching} />;
  if (why.isPending) return <SkeletonText lines={3} label={c('uiWords.loading')} />;
  const { lines, steps, price, rule } = why.data;
  const version = rule === null ? undefined : t('whyRule', { version: rule.version });
  return (
    <PriceStory
      lines={lines.map(({ title, amount }) => ({ label: title, amount: formats.money(amount), off: amount.minor < 0n }))} total={{ label: c('fields.total'), amount: formats.money(price) }}
      steps={steps} rule={rules && rule !== null && rule.source !== 'branch' ? <TextLink href={ruleHref('products', { version: rule.version })}>{version}</TextLink> : version}
    />
  );
}

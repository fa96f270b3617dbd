'use client';
import type { Locale } from '@interdomestik/rules/locales';
import { saleChannels } from '@interdomestik/rules/rule-sets';
import { Field, Notice, PlanCard, Section, Select, SkeletonCard } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../../../_parts/use-formats';
import { useWord } from '../../../../_parts/use-word';
import { useSay } from '../../_kinds/use-say';
import type { StoredRule } from '../editor';
import { usePreview } from './use-preview';

type Channel = (typeof saleChannels)[number];
const places = ['alone', 'desk', 'assisted'] as const;

/** The plan cards as the site, or a colleague on a channel, would show them by this draft; in any language. */
export function PlansPreview({ value, languages }: { readonly value: StoredRule<'products'>; readonly languages: readonly Locale[] }) {
  const t = useTranslations('products.preview');
  const word = useWord();
  const say = useSay();
  const errorText = useErrorText();
  const { locale: mine } = useFormats();
  const { client } = trpc.useUtils();
  const [locale, setLocale] = useState<Locale>(languages.includes(mine) ? mine : (languages[0] ?? mine));
  const [channel, setChannel] = useState<Channel>('self_service');
  const input = useMemo(() => ({ value: { plans: value.plans, instalments: value.instalments }, locale, channel }), [value.plans, value.instalments, locale, channel]);
  const preview = usePreview('plans', input, (asked) => client.settings.previewPlans.mutate(asked));
  const { data } = preview;
  return (
    <Section level={3} title={t('title')} help={t('help')}>
      <div className="mb-4 flex flex-wrap gap-3">
        <Field label={t('language')} className="w-full sm:w-48"><Select value={locale} onValueChange={(next) => setLocale(languages.find((one) => one === next) ?? locale)} options={languages.map((one) => ({ value: one, label: word('languages', one) }))} /></Field>
        <Field label={t('channel')} className="w-full sm:w-56"><Select value={channel} onValueChange={(next) => setChannel(saleChannels.find((one) => one === next) ?? channel)} options={saleChannels.map((one) => ({ value: one, label: say.word('admin.settings.channels', one) }))} /></Field>
      </div>
      {preview.error === null ? null : <Notice tone="danger">{errorText(preview.error)}</Notice>}
      {data === undefined && preview.error === null ? <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3"><SkeletonCard /><SkeletonCard /><SkeletonCard /></div> : null}
      {data === undefined ? null : (
        <div className="space-y-6" aria-busy={preview.isPlaceholderData}>
          {data.faulty.length === 0 ? null : <Notice tone="warning">{t('faulty', { count: data.faulty.length })}</Notice>}
          {data.plans.length === 0 ? <p className="text-ink-muted">{t('none')}</p> : null}
          {places.map((place) => {
            const plans = data.plans.filter((plan) => plan.place === place);
            return plans.length === 0 ? null : (
              <div key={place}>
                {channel === 'self_service' ? <h4 className="mb-2 font-semibold">{place === 'alone' ? t('alone') : place === 'desk' ? t('desk') : t('assisted')}</h4> : null}
                <ul lang={locale} className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
                  {plans.map(({ code, place: _, ...plan }) => <li key={code}><PlanCard {...plan} /></li>)}
                </ul>
              </div>
            );
          })}
        </div>
      )}
    </Section>
  );
}

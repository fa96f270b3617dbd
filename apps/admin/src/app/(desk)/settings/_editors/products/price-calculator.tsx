'use client';
import { inLocale, locales } from '@interdomestik/rules/locales';
import { isCurrency } from '@interdomestik/rules/money';
import { isDateOnly, todayIn } from '@interdomestik/rules/periods';
import { saleChannels } from '@interdomestik/rules/rule-sets';
import { Card, Checkbox, DateInput, Field, Input, Notice, NativeSelect, Select, TypedInput } from '@interdomestik/ui';
import { useNow, useTimeZone, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { trpc } from '@/trpc/client';
import { problemOf, useErrorText } from '@/trpc/errors';
import { useFormats } from '../../../../_parts/use-formats';
import { useSay } from '../../_kinds/use-say';
import type { EditorChoices, StoredRule } from '../editor';
import { readWhole } from '../fields/typed';
import { usePreview } from './use-preview';

interface CalculatorProps {
  readonly value: StoredRule<'products'>;
  readonly choices: EditorChoices;
}

const referrals = ['none', 'member', 'staff'] as const;

/** A sale as somebody tries it: what is not chosen yet follows the document. */
function useTrial({ value, choices }: CalculatorProps) {
  const now = useNow();
  const zone = useTimeZone() ?? 'UTC';
  const [planCode, setPlan] = useState<string>();
  const [channel, setChannel] = useState<(typeof saleChannels)[number]>('agent');
  const [currency, setCurrency] = useState(choices.currencies[0] ?? 'EUR');
  const [on, setOn] = useState<string>(todayIn(zone, now));
  const [people, setPeople] = useState(1);
  const [addons, setAddons] = useState<readonly string[]>([]);
  const [couponCode, setCoupon] = useState('');
  const [wished, setInstalments] = useState('');
  const [referral, setReferral] = useState<(typeof referrals)[number]>('none');
  const [facts, setFacts] = useState<{ readonly age: number | null; readonly city: string | null; readonly branch: string | null; readonly returning: boolean | null }>({ age: null, city: null, branch: null, returning: null });
  const plan = value.plans.find(({ code }) => code === planCode) ?? value.plans.find(({ prices }) => prices.some(({ minor }) => minor !== '0')) ?? value.plans[0];
  const code = plan?.code ?? '';
  const offered = value.addons.filter((addon) => addon.plans.includes(code));
  const chosen = addons.filter((one) => offered.some((addon) => addon.code === one));
  const ways = value.instalments.filter((way) => way.plans.includes(code) && way.channels.includes(channel));
  const instalments = ways.some((way) => way.code === wished) ? wished : '';
  return { ways, instalments, setInstalments, plan, code, channel, currency, on, people, chosen, offered, couponCode, referral, facts, setPlan, setChannel, setCurrency, setOn, setPeople, setAddons, setCoupon, setReferral, setFacts };
}

/** Works out what a sale would cost by this draft, on the server, and why. */
export function PriceCalculator({ value, choices }: CalculatorProps) {
  const t = useTranslations('products.calculator');
  const p = useTranslations('products');
  const say = useSay();
  const { locale, money, percent } = useFormats();
  const errorText = useErrorText();
  const { client } = trpc.useUtils();
  const trial = useTrial({ value, choices });
  const { code, channel, currency, on, people, chosen, offered, couponCode, ways, instalments, referral, facts } = trial;
  const chosenKey = chosen.join();
  const input = useMemo(
    () => ({
      value, locale,
      request: { planCode: code, channel, currency, on, people, addons: chosenKey === '' ? [] : chosenKey.split(','), couponCode: couponCode.trim() === '' ? null : couponCode.trim(), instalmentsCode: instalments === '' ? null : instalments, referral: referral === 'none' ? null : referral, facts },
    }),
    [value, locale, code, channel, currency, on, people, chosenKey, couponCode, instalments, referral, facts],
  );
  const preview = usePreview('quote', input, ({ request, ...rest }) => {
    if (!isDateOnly(request.on)) throw new Error('the date input gives days only');
    return client.settings.previewQuote.mutate({ ...rest, request: { ...request, on: request.on } });
  });
  const { data } = preview;
  const problem = preview.error === null ? null : problemOf(preview.error);
  // a fault of the document has its place in it, and stands there already
  const faulty = problem?.field?.startsWith('products.') === true || problem?.messageKey.startsWith('errors.rule.') === true;
  const titleOf = ({ code: own, titles }: { readonly code: string; readonly titles: Parameters<typeof inLocale<string>>[0] }): string => (locales.some((one) => titles[one] !== undefined) ? inLocale(titles, locale) : own);
  const unknown = { value: '', label: t('unknown') };
  return (
    <Card title={t('title')} level={3}>
      <p className="-mt-2 mb-4 text-note text-ink-muted">{t('help')}</p>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid content-start gap-4 sm:grid-cols-2">
          <Field label={t('plan')}><Select value={code} onValueChange={trial.setPlan} options={value.plans.map((plan) => ({ value: plan.code, label: titleOf(plan) }))} /></Field>
          <Field label={p('preview.channel')}><Select value={channel} onValueChange={(next) => trial.setChannel(saleChannels.find((one) => one === next) ?? channel)} options={saleChannels.map((one) => ({ value: one, label: say.word('admin.settings.channels', one) }))} /></Field>
          <Field label={t('currency')}><NativeSelect value={currency} onChange={({ target }) => { if (isCurrency(target.value)) trial.setCurrency(target.value); }} options={choices.currencies.map((one) => ({ value: one, label: one }))} /></Field>
          <Field label={t('on')}><DateInput value={on} onValueChange={(day) => { if (day !== null) trial.setOn(day); }} /></Field>
          <Field label={t('people')}><TypedInput value={String(people)} chars={4} inputMode="numeric" parse={(text) => (readWhole(text) === null ? null : text)} format={(text) => text} onValueChange={(_, text) => { const count = readWhole(text); if (count !== null && count > 0) trial.setPeople(count); }} /></Field>
          <Field label={t('age')} optional><TypedInput value={facts.age === null ? null : String(facts.age)} chars={4} inputMode="numeric" parse={(text) => (readWhole(text) === null ? null : text)} format={(text) => text} onValueChange={(_, text) => trial.setFacts({ ...facts, age: readWhole(text) })} /></Field>
          <Field label={t('city')} optional><Input value={facts.city ?? ''} autoComplete="off" onChange={({ target }) => trial.setFacts({ ...facts, city: target.value === '' ? null : target.value })} /></Field>
          <Field label={t('branch')}><Select value={facts.branch ?? ''} onValueChange={(next) => trial.setFacts({ ...facts, branch: next === '' ? null : next })} options={[unknown, ...choices.branches.map((branch) => ({ value: branch.code, label: branch.name }))]} /></Field>
          <Field label={t('coupon')} optional><Input value={couponCode} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={({ target }) => trial.setCoupon(target.value.toUpperCase())} /></Field>
          {ways.length === 0 ? null : <Field label={t('instalments')}><Select value={instalments} onValueChange={trial.setInstalments} options={[{ value: '', label: t('atOnce') }, ...ways.map((way) => ({ value: way.code, label: titleOf(way) }))]} /></Field>}
          <Field label={t('referral')}><Select value={referral} onValueChange={(next) => trial.setReferral(referrals.find((one) => one === next) ?? 'none')} options={[{ value: 'none', label: t('referrals.none') }, { value: 'member', label: t('referrals.member') }, { value: 'staff', label: t('referrals.staff') }]} /></Field>
          <Checkbox className="sm:col-span-2" label={t('returning')} checked={facts.returning === true} onChange={({ target }) => trial.setFacts({ ...facts, returning: target.checked ? true : null })} />
          {offered.length === 0 ? null : (
            <Field className="sm:col-span-2" label={p('addons')} group>
              {offered.map((addon) => <Checkbox key={addon.code} label={titleOf(addon)} checked={chosen.includes(addon.code)} onChange={({ target }) => trial.setAddons(target.checked ? [...chosen, addon.code] : chosen.filter((one) => one !== addon.code))} />)}
            </Field>
          )}
        </div>
        <div aria-live="polite" aria-busy={preview.isFetching} className="min-w-0">
          {preview.error === null ? null : <Notice tone="warning">{faulty ? t('faulty') : errorText(preview.error)}</Notice>}
          {data === undefined || preview.error !== null ? null : (
            <>
              <dl className="space-y-1.5">
                {data.lines.map((line, index) => (
                  <div key={index} className="flex justify-between gap-4"><dt className="min-w-0 break-words">{line.title}</dt><dd className="figures shrink-0">{money(line.amount)}</dd></div>
                ))}
                <div className="flex justify-between gap-4 border-t pt-2 text-lg font-bold"><dt>{t('total')}</dt><dd className="figures">{money(data.total)}</dd></div>
                <div className="flex justify-between gap-4 text-note text-ink-muted"><dt>{t('vat', { rate: percent(data.vat.rateBp) })}</dt><dd className="figures">{money(data.vat.amount)}</dd></div>
              </dl>
              <h4 className="mt-5 mb-1 font-semibold">{t('why')}</h4>
              <ol className="list-decimal space-y-0.5 pl-5 text-note">{data.steps.map((step) => <li key={step}>{step}</li>)}</ol>
            </>
          )}
        </div>
      </div>
    </Card>
  );
}

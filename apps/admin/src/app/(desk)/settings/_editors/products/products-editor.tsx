'use client';
import { claimStatuses } from '@interdomestik/rules/claims';
import { inLocale, locales, type Localized } from '@interdomestik/rules/locales';
import { formatMoney } from '@interdomestik/rules/money';
import { Badge, Card } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFormats } from '../../../../_parts/use-formats';
import type { EditorChoices, EditorProps } from '../editor';
import { AmountsField, ManyField, NumberField, PercentField, RadioField, ToggleField } from '../fields';
import { EntryList } from './entry-list';
import { InstalmentsForm } from './instalments-form';
import { archived, inOrder, isArchived, newAddon, newCoupon, newDiscount, newInstalments, newPlan, restored, type AddonEntry, type CouponEntry, type DiscountEntry, type InstalmentsEntry, type PlanEntry } from './lists';
import { AddonForm, PlanForm } from './plan-form';
import { PlansPreview } from './plans-preview';
import { PriceCalculator } from './price-calculator';
import { ReductionField, ReductionForm } from './reduction-forms';

interface Named { readonly code: string; readonly titles: Localized<string> }
interface Amount { readonly minor: string; readonly currency: PlanEntry['prices'][number]['currency'] }

/** Amounts in one line; what is not readable yet stays as it was typed. */
function useAmountsText(): (amounts: readonly Amount[]) => string {
  const { locale } = useFormats();
  return (amounts) => amounts.map(({ minor, currency }) => (/^\d{1,15}$/u.test(minor) ? formatMoney({ minor: BigInt(minor), currency }, locale) : minor)).join(' / ');
}

/** What is sold, for how much and to whom, with the cards and prices that come of it. */
export function ProductsEditor(props: EditorProps<'products'>) {
  const { value, plans: inForce } = props;
  const t = useTranslations('products');
  const units = useTranslations('settings.units');
  // i18n-keys: common.statuses.claim.*
  const states = useTranslations('common.statuses.claim');
  const { locale, percent } = useFormats();
  const amountsText = useAmountsText();
  const nameOf = ({ code, titles }: Named): string => (locales.some((one) => titles[one] !== undefined) ? inLocale(titles, locale) : code);
  const { addons, discounts, coupons, instalments } = value;
  const plans = [...value.plans];
  const options = plans.map((plan) => ({ value: plan.code, label: nameOf(plan) }));
  // conditions may name plans that only this draft knows
  const choices = useMemo((): EditorChoices => {
    const own = value.plans.map(({ code, titles }) => ({ code, title: locales.some((one) => titles[one] !== undefined) ? inLocale(titles, locale) : code }));
    return { languages: props.languages, currencies: props.currencies, branches: props.branches, plans: own };
  }, [value.plans, locale, props.languages, props.currencies, props.branches]);
  const reductionText = ({ reduction }: DiscountEntry | CouponEntry): string => (reduction.kind === 'percent' ? percent(Number(reduction.percentBp)) : amountsText(reduction.amounts));
  return (
    <div className="space-y-6">
      <EntryList<PlanEntry>
        list="plans" title={t('plans')} help={t('plansHelp')} addLabel={t('addPlan')} entries={plans} make={newPlan} nameOf={nameOf} order={inOrder}
        noteOf={({ prices }) => amountsText(prices)}
        marksOf={(plan) => (isArchived(plan) ? <Badge>{t('archived')}</Badge> : plan.visible ? null : <Badge>{t('hidden')}</Badge>)}
        mayRemove={({ code }) => !inForce.some((plan) => plan.code === code)}
        actionsOf={(plan, replace) => [isArchived(plan) ? { label: t('restore'), onSelect: () => replace(restored(plan)) } : { label: t('archive'), onSelect: () => replace(archived(plan)) }]}
      >
        {(_, path) => <PlanForm path={path} choices={choices} />}
      </EntryList>
      <EntryList<AddonEntry>
        list="addons" title={t('addons')} help={t('addonsHelp')} addLabel={t('addAddon')} entries={addons} make={newAddon} nameOf={nameOf}
        noteOf={({ prices }) => amountsText(prices)} marksOf={({ channels }) => (channels.length === 0 ? <Badge>{t('archived')}</Badge> : null)}
        // members may have bought it: it is taken out of sale instead
        mayRemove={() => false}
        actionsOf={(addon, replace) => [addon.channels.length === 0
          ? { label: t('restore'), onSelect: () => replace({ ...addon, channels: ['self_service', 'agent', 'branch'] }) }
          : { label: t('archive'), onSelect: () => replace({ ...addon, channels: [] }) }]}
      >
        {(_, path) => <AddonForm path={path} choices={choices} plans={options} />}
      </EntryList>
      <EntryList<DiscountEntry>
        list="discounts" title={t('discounts')} help={t('discountsHelp')} addLabel={t('addDiscount')} entries={discounts} make={newDiscount} nameOf={nameOf}
        noteOf={reductionText} mayRemove={() => true}
      >
        {(_, path) => <ReductionForm path={path} choices={choices} plans={options} />}
      </EntryList>
      <EntryList<CouponEntry>
        list="coupons" title={t('coupons')} help={t('couponsHelp')} addLabel={t('addCoupon')} entries={coupons} make={newCoupon}
        nameOf={({ code }) => code} noteOf={reductionText} mayRemove={() => true}
      >
        {(_, path) => <ReductionForm path={path} choices={choices} plans={options} counted />}
      </EntryList>
      <EntryList<InstalmentsEntry>
        list="instalments" title={t('instalments')} help={t('instalmentsHelp')} addLabel={t('addInstalments')} entries={instalments} make={newInstalments} nameOf={nameOf}
        noteOf={({ parts }) => t('inParts', { count: Number(parts) })} mayRemove={() => true}
      >
        {(_, path) => <InstalmentsForm path={path} choices={choices} plans={options} />}
      </EntryList>
      <Card title={t('referral')} level={3}>
        <div className="space-y-5">
          <ReductionField path="referral.friend" label={t('friend')} currencies={props.currencies} none />
          <NumberField path="referral.memberDays" label={t('memberDays')} help={t('memberDaysHelp')} unit={units('days')} chars={4} />
        </div>
      </Card>
      <Card title={t('terms')} level={3}>
        <div className="grid gap-5 sm:grid-cols-2">
          <RadioField className="sm:col-span-2" path="proration.method" label={t('proration')} options={[{ value: 'daily', label: t('daily') }, { value: 'none', label: t('full') }]} />
          <AmountsField className="sm:col-span-2" path="proration.minimumCharge" label={t('minimumCharge')} currencies={props.currencies} />
          <NumberField path="refundWindowDays" label={t('refundWindow')} help={t('refundWindowHelp')} unit={units('days')} chars={4} />
          <PercentField path="refunds.partUpToBp" label={t('refundPart')} help={t('refundPartHelp')} />
          <ManyField className="sm:col-span-2" path="refunds.blockedBy" label={t('refundClaims')} help={t('refundClaimsHelp')} columns={3} options={claimStatuses.filter((state) => state !== 'draft').map((value) => ({ value, label: states(value) }))} />
          <RadioField
            className="sm:col-span-2" path="refunds.asking" label={t('refundAsking')}
            options={[{ value: 'nobody', label: t('refundNobody'), help: t('refundNobodyHelp') }, { value: 'branch', label: t('refundBranch'), help: t('refundBranchHelp') }, { value: 'at_once', label: t('refundAtOnce'), help: t('refundAtOnceHelp') }]}
          />
          <NumberField path="graceDays" label={t('grace')} unit={units('days')} chars={4} />
          <NumberField path="pause.daysPerYear" label={t('pauseDays')} help={t('pauseDaysHelp')} unit={units('days')} chars={4} />
          <NumberField path="pause.leastDays" label={t('pauseLeast')} unit={units('days')} chars={4} />
          <NumberField path="pause.afterDays" label={t('pauseAfter')} unit={units('days')} chars={4} />
          <ToggleField path="pause.prolongs" label={t('pauseProlongs')} />
          <NumberField path="graceReminders" label={t('graceReminders')} chars={4} />
        </div>
      </Card>
      <PlansPreview value={value} languages={props.languages} />
      <PriceCalculator value={value} choices={choices} />
    </div>
  );
}

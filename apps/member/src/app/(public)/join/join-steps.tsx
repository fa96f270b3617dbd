'use client';
import { asksPersonalNumber, formatPhone, parsePersonalNumber } from '@interdomestik/rules/people';
import type { Country } from '@interdomestik/rules/country-packs';
import { Checkbox, DateInput, Field, Input, KeyValue, Notice, PasswordInput, RadioCards, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { idOf } from '~/lib/form-problems';
import { passwordMinimum } from '~/lib/password';
import { useShow } from '~/lib/use-show';
import { fieldErrors, useErrorText } from '~/trpc/errors';
import { InstalmentsField } from './instalments-field';
import { PaymentField } from './payment-field';
import type { JoinProps, JoinStep, JoinValues, Plan } from './join-form';
import { CouponField, PriceLines, type Codes, type JoinPrice } from './join-price';

export function PlanStep({ plans }: JoinProps) {
  const t = useTranslations('member.join');
  const price = usePrice();
  const errorText = useErrorText();
  const { control } = useFormContext<JoinValues>();
  return (
    <Controller
      control={control}
      name="planCode"
      render={({ field, fieldState }) => (
        <Field question group id={idOf('planCode')} label={<h1>{t('planTitle')}</h1>} help={t('planHelp')} error={errorText(fieldState.error)}>
          <RadioCards
            name="planCode"
            value={field.value}
            onValueChange={field.onChange}
            options={plans.map((plan) => ({ value: plan.code, label: plan.title, help: `${plan.covers}. ${plan.tagline}`, end: price(plan) }))}
          />
        </Field>
      )}
    />
  );
}

/** The whole price in one line: amount, period, tax. */
function usePrice(): (plan: Plan) => string {
  const t = useTranslations('member.plans');
  const common = useTranslations('common.units');
  const show = useShow();
  return ({ price, periodMonths }) => {
    if (price === null) return t('quoted');
    if (price.minor === 0n) return t('free');
    const period = periodMonths === 12 ? common('perYear') : periodMonths === 1 ? common('perMonth') : common('month', { count: periodMonths });
    return `${show.money(price)} ${period}, ${common('taxIncluded')}`;
  };
}

/** What looks unusual about a number that is not refused; the number is compared with the card, not guessed. */
function unusual(country: Country, text: string | undefined): boolean {
  try {
    return parsePersonalNumber(country, text ?? '').warnings.includes('checksumUnsure');
  } catch {
    return false;
  }
}

export function PersonStep({ country, askBirthDate }: JoinProps) {
  const t = useTranslations('member.join');
  const fields = useTranslations('common.fields');
  const warnings = useTranslations('common.warnings');
  const dates = useTranslations('common.dates');
  const errorText = useErrorText();
  const { register, control, formState: { errors } } = useFormContext<JoinValues>();
  const number = useWatch<JoinValues, 'personalNumber'>({ name: 'personalNumber' });
  return (
    <>
      <h1 className="text-page">{t('personTitle')}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t('personHelp')}</p>
      <div className="space-y-6">
        <Field id="firstName" label={fields('firstName')} error={errorText(errors.firstName)}><Input autoComplete="given-name" {...register('firstName')} /></Field>
        <Field id="lastName" label={fields('lastName')} error={errorText(errors.lastName)}><Input autoComplete="family-name" {...register('lastName')} /></Field>
        {asksPersonalNumber(country) ? (
          <Field id="personalNumber" label={fields('personalNumber')} help={unusual(country, number) ? warnings('checksumUnsure') : t('personalNumberHelp')} error={errorText(errors.personalNumber)}>
            <Input inputMode="numeric" autoComplete="off" chars={16} className="figures" {...register('personalNumber')} />
          </Field>
        ) : null}
        {askBirthDate ? (
          <Controller
            control={control}
            name="birthDate"
            render={({ field }) => (
              <Field id="birthDate" label={fields('birthDate')} help={dates('dateHelp')} error={errorText(errors.birthDate)}>
                <DateInput value={field.value ?? null} onValueChange={(value, text) => field.onChange(value ?? text)} onBlur={field.onBlur} />
              </Field>
            )}
          />
        ) : null}
      </div>
    </>
  );
}

export function ContactStep(_props: JoinProps) {
  const t = useTranslations('member.join');
  const auth = useTranslations('member.auth');
  const fields = useTranslations('common.fields');
  const errorText = useErrorText();
  const { register, formState: { errors } } = useFormContext<JoinValues>();
  return (
    <>
      <h1 className="text-page">{t('contactTitle')}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t('contactHelp')}</p>
      <div className="space-y-6">
        <Field id="email" label={fields('email')} help={t('emailHelp')} error={errorText(errors.email)}>
          <Input type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} {...register('email')} />
        </Field>
        <Field id="phone" label={fields('phone')} help={t('phoneHelp')} error={errorText(errors.phone)}>
          <Input type="tel" inputMode="tel" autoComplete="tel" chars={20} className="figures" {...register('phone')} />
        </Field>
        <Field id="password" label={fields('password')} help={auth('passwordHelp', { minimum: passwordMinimum })} error={errorText(errors.password)}>
          <PasswordInput autoComplete="new-password" {...register('password')} />
        </Field>
      </div>
    </>
  );
}

interface CheckProps extends JoinProps {
  readonly plan: Plan | undefined;
  readonly price: JoinPrice | undefined;
  /** Why there is no price. */
  readonly failure: unknown;
  readonly codes: Codes;
  /** Has other codes accepted; throws the server's refusal. */
  readonly onCodes: (codes: Codes) => Promise<unknown>;
}

export function CheckStep({ country, plan, price, failure, codes, onCodes, askReferral, askBirthDate, consents, ways }: CheckProps) {
  const t = useTranslations('member.join');
  const common = useTranslations('common');
  const show = useShow();
  const errorText = useErrorText();
  const { register, getValues, setError, clearErrors, formState: { errors } } = useFormContext<JoinValues>();
  const values = getValues();
  const referralCode = register('referralCode');
  const applyReferral = async () => {
    const typed = (getValues('referralCode') ?? '').trim().toUpperCase();
    if (typed === codes.referralCode) return;
    clearErrors('referralCode');
    await onCodes({ ...codes, referralCode: typed }).catch((error: unknown) => setError('referralCode', { type: 'server', message: fieldErrors(error)['referralCode'] ?? 'errors.unexpected' }));
  };
  const change = (step: JoinStep, what: string) => (
    <TextLink href={`/join?step=${step}`} aria-label={`${common('actions.change')}: ${what}`}>{common('actions.change')}</TextLink>
  );
  return (
    <>
      <h1 className="text-page">{t('checkTitle')}</h1>
      <KeyValue
        className="mt-4 border-y"
        items={[
          { label: common('fields.plan'), value: plan === undefined ? '–' : plan.title, action: change('plan', common('fields.plan')) },
          { label: common('fields.name'), value: `${values.firstName} ${values.lastName}`, action: change('person', common('fields.name')) },
          ...(asksPersonalNumber(country) ? [{ label: common('fields.personalNumber'), value: <span className="figures">{values.personalNumber}</span>, action: change('person', common('fields.personalNumber')) }] : []),
          ...(askBirthDate ? [{ label: common('fields.birthDate'), value: show.day(values.birthDate ?? ''), action: change('person', common('fields.birthDate')) }] : []),
          { label: common('fields.email'), value: <span className="break-all">{values.email}</span>, action: change('contact', common('fields.email')) },
          { label: common('fields.phone'), value: <span className="figures">{shownPhone(values.phone)}</span>, action: change('contact', common('fields.phone')) },
        ]}
      />
      <div className="mt-6 space-y-6">
        {price !== undefined && price.total.minor === 0n ? null : <PaymentField ways={ways} />}
        <InstalmentsField price={price} />
        {failure === null ? <PriceLines price={price} /> : <Notice tone="warning">{errorText(failure)}</Notice>}
        <CouponField applied={codes.couponCode} used={price?.couponUsed === true} onApply={(couponCode) => onCodes({ ...codes, couponCode })} />
        {askReferral ? (
          <Field id="referralCode" optional label={common('fields.referralCode')} help={t('referralHelp')} error={errorText(errors.referralCode)}>
            <Input chars={12} autoComplete="off" autoCapitalize="characters" spellCheck={false} className="uppercase" {...referralCode} onBlur={(event) => { void referralCode.onBlur(event); void applyReferral(); }} />
          </Field>
        ) : null}
        <Field group id={idOf('consents')} label={t('consentsTitle')}>
          <Consent path="consents.terms.accepted" text={consents.terms} href="/legal/terms" link={common('nav.terms')} error={errorText(errors.consents?.terms?.accepted)} />
          <Consent path="consents.privacy.accepted" text={consents.privacy} href="/legal/privacy" link={common('nav.privacy')} error={errorText(errors.consents?.privacy?.accepted)} />
          <Consent path="consents.marketing" text={consents.marketing} error="" />
        </Field>
      </div>
    </>
  );
}

function shownPhone(text: string): string {
  return text.startsWith('+') ? formatPhone(text.replace(/\s/gu, '')) : text;
}

interface ConsentProps {
  readonly path: 'consents.terms.accepted' | 'consents.privacy.accepted' | 'consents.marketing';
  readonly text: string;
  readonly href?: string;
  readonly link?: string;
  readonly error: string;
}

function Consent({ path, text, href, link, error }: ConsentProps) {
  const { register } = useFormContext<JoinValues>();
  const common = useTranslations('common.ui');
  const id = idOf(path);
  return (
    <div className="mt-2">
      <Checkbox
        id={id}
        label={text}
        help={href === undefined ? undefined : <TextLink href={href} target="_blank">{link} ({common('opensNewWindow')})</TextLink>}
        aria-invalid={error === '' ? undefined : true}
        aria-describedby={error === '' ? undefined : `${id}-error`}
        {...register(path)}
      />
      {error === '' ? null : <p id={`${id}-error`} className="ml-8 text-note font-semibold text-danger-ink">{error}</p>}
    </div>
  );
}

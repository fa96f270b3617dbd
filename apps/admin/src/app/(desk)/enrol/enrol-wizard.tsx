'use client';
import type { Country } from '@interdomestik/rules/country-packs';
import { fieldIssues } from '@interdomestik/rules/errors';
import type { EnrolmentField } from '@interdomestik/rules/rule-sets';
import { Button, Notice, Steps, type Option } from '@interdomestik/ui';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm, type Path } from 'react-hook-form';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { encodeMessage, fieldErrors, useErrorText } from '@/trpc/errors';
import { CheckStep } from './check-step';
import { DoneStep, type Enrolled } from './done-step';
import { useEnrolPrices } from './enrol-price';
import { formFieldOf, inputOf, schemaOf, stepOf, steps, type EnrolForm, type LegalTexts, type SellablePlan, type Step } from './fields';
import { PaymentStep } from './payment-step';
import { PersonStep } from './person-step';
import { PlanStep } from './plan-step';
import { dropDraft, useDraft } from './use-draft';

interface EnrolWizardProps {
  readonly plans: readonly SellablePlan[];
  readonly country: Country;
  readonly required: readonly EnrolmentField[];
  readonly referralAllowed: boolean;
  readonly languages: readonly Option[];
  readonly memberLocale: string;
  readonly texts: LegalTexts;
  readonly takesCash: boolean;
  readonly lead: { readonly id: string; readonly firstName: string; readonly lastName: string; readonly phone: string; readonly email: string; readonly planCode: string } | null;
}

/** Enrols a member step by step: plan, person, payment, check, done. The step stands in the address; nothing typed is lost on the way back. */
export function EnrolWizard({ plans, country, required, referralAllowed, languages, memberLocale, texts, takesCash, lead }: EnrolWizardProps) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const search = useSearchParams();
  const utils = trpc.useUtils();
  const form = useForm<EnrolForm>({
    defaultValues: {
      planCode: lead?.planCode ?? '', addons: [], people: 1, coupon: '', instalments: '', firstName: lead?.firstName ?? '', lastName: lead?.lastName ?? '', email: lead?.email ?? '', phone: lead?.phone ?? '', personalNumber: '', birthDate: '', address: '', city: '',
      referralCode: '', locale: memberLocale, payment: '', tendered: '', terms: false, privacy: false, marketing: false,
    },
  });
  useDraft(form, lead === null);
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const keyOf = useAskedOnce();
  const heading = useRef<HTMLDivElement>(null);
  const asked = steps.find((one) => one === search.get('step')) ?? 'plan';
  const planCode = form.watch('planCode');
  const plan = plans.find(({ code }) => code === planCode);
  const step: Step = enrolled !== null ? 'done' : asked === 'done' || plan === undefined ? 'plan' : asked;
  const at = steps.indexOf(step);
  const prices = useEnrolPrices(form, plan, { country, takesCash, asking: step !== 'person' && step !== 'done' });

  const hrefOf = (to: Step) => `/enrol?${new URLSearchParams({ step: to, ...(lead === null ? {} : { lead: lead.id }) }).toString()}`;
  const go = (to: Step, way: 'pushState' | 'replaceState' = 'pushState') => window.history[way](null, '', hrefOf(to));
  useEffect(() => {
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [step]);

  const badReferral = step === 'person' ? undefined : fieldErrors(prices.failure)['referralCode'];
  useEffect(() => {
    if (badReferral === undefined) return;
    form.setError('referralCode', { type: 'server', message: badReferral });
    go('person', 'replaceState');
    // `go` is made anew each time and always does the same
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [badReferral, form]);

  const badParts = fieldErrors(prices.failure)['instalmentsCode'];
  useEffect(() => {
    if (badParts === undefined) return;
    // what was chosen does not go with what was typed since: the price is that of all at once
    form.setValue('instalments', '');
    form.setError('instalments', { type: 'server', message: badParts });
  }, [badParts, form]);

  const enrol = trpc.enrolments.enrol.useMutation({
    onError: (error) => {
      // what was shown is no longer the price: the new one is fetched, and seen before it is agreed to
      void prices.refetch();
      const found = Object.entries(fieldErrors(error)).map(([field, message]) => [formFieldOf(field), message] as const);
      for (const [field, message] of found) form.setError(field as Path<EnrolForm>, { type: 'server', message });
      const first = found[0];
      if (first !== undefined && stepOf(first[0]) !== 'check') go(stepOf(first[0]));
    },
    onSuccess: (answer, { firstName, lastName }) => {
      dropDraft();
      setEnrolled({ ...answer, name: `${firstName} ${lastName}` });
      go('done', 'replaceState');
      void utils.invalidate();
    },
  });

  const advance = () => {
    form.clearErrors();
    const values = form.getValues();
    const checked = schemaOf(step, country, required).safeParse(values);
    if (!checked.success) {
      fieldIssues(checked.error).forEach((issue, index) => form.setError(issue.field as Path<EnrolForm>, { type: 'schema', message: encodeMessage(issue.key, issue.params) }, { shouldFocus: index === 0 }));
      return;
    }
    const price = prices.chosen?.total;
    const counted = prices.chosen?.now;
    if (step === 'payment' && values.payment === 'cash' && counted !== undefined && values.tendered !== counted.minor.toString()) {
      form.setError('tendered', { type: 'schema', message: 'errors.money.tendered' }, { shouldFocus: true });
      return;
    }
    if (step !== 'check') {
      if (step === 'plan' && prices.free) form.setValue('payment', 'pay_link');
      const next = steps[at + 1];
      if (next !== undefined) go(next);
      return;
    }
    // the price is on its way: nobody agrees to what is not shown yet
    if (price === undefined && prices.failure === null) return;
    const input = inputOf(values, texts, lead?.id, price);
    enrol.mutate({ ...input, idempotencyKey: keyOf(input) });
  };

  // i18n-keys: admin.enrol.step.*
  const way = steps.map((one) => ({ label: t(`step.${one}`), href: step === 'done' ? undefined : hrefOf(one) }));
  const general = enrol.isError && Object.keys(fieldErrors(enrol.error)).length === 0 && step === 'check' ? errorText(enrol.error) : null;
  return (
    <FormProvider {...form}>
      <Steps steps={way} current={at} className="mb-6 print:hidden" />
      <div ref={heading} tabIndex={-1} className="outline-none">
        {step === 'done' && enrolled !== null ? (
          <DoneStep enrolled={enrolled} onAgain={() => { setEnrolled(null); form.reset(); window.location.assign('/enrol'); }} />
        ) : (
          <form method="post" noValidate onSubmit={(event) => { event.preventDefault(); if (!enrol.isPending) advance(); }}>
            {general === null ? null : <Notice tone="danger" live className="mb-5">{general}</Notice>}
            {step === 'plan' ? <PlanStep plans={plans} /> : null}
            {step === 'person' ? <PersonStep country={country} required={required} referralAllowed={referralAllowed} languages={languages} /> : null}
            {step === 'payment' && plan !== undefined ? <PaymentStep prices={prices} /> : null}
            {step === 'check' && plan !== undefined ? <CheckStep plan={plan} price={prices.chosen} texts={texts} hrefOf={hrefOf} /> : null}
            <div className="mt-8 flex flex-wrap gap-2 border-t pt-4">
              <Button type="submit" loading={enrol.isPending}>{step === 'check' ? t('finish') : c('continue')}</Button>
              {at > 0 ? <Button variant="secondary" disabled={enrol.isPending} onClick={() => { const before = steps[at - 1]; if (before !== undefined) go(before); }}>{c('back')}</Button> : null}
            </div>
          </form>
        )}
      </div>
    </FormProvider>
  );
}

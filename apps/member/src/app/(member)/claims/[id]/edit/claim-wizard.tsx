'use client';
import { Button, FormSummary, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Controller, FormProvider } from 'react-hook-form';
import { ClaimSteps, claimSteps, type ClaimStep } from '~/components/claim-steps';
import { formProblems } from '~/lib/form-problems';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { showErrors, useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';
import { CategoryField } from '../../new/start-claim';
import { fieldsOf, useDraftForm, type Claim } from './draft-form';
import { CheckStep, DocumentsStep, OtherStep, WhatStep } from './claim-wizard-steps';

const all = ['category', ...claimSteps] as const;

/** Writing a claim, one thing at a time. The step stands in the address, so the browser's own back works; every answer is kept on the server. */
export function ClaimWizard({ claim, eligibility }: { claim: Claim; eligibility: Outputs['claims']['eligibility'] }) {
  const t = useTranslations('member.claimForm');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const show = useShow();
  const router = useRouter();
  const search = useSearchParams();
  const { form, keep, state, currency } = useDraftForm(claim);
  const [attempt, setAttempt] = useState(0);
  const submit = trpc.claims.submit.useMutation({ meta: { quiet: true } });
  const utils = trpc.useUtils();

  const step: ClaimStep | 'category' = all.find((candidate) => candidate === search.get('step')) ?? 'what';
  const index = all.indexOf(step);
  const address = (to: string) => `/claims/${claim.id}/edit?step=${to}`;
  const go = (to: string) => {
    window.history.pushState(null, '', address(to));
    window.scrollTo(0, 0);
  };
  const failed = () => setAttempt((before) => before + 1);
  const backToProblem = () => {
    failed();
    const first = all.find((candidate) => fieldsOf[candidate].some((field) => form.getFieldState(field).error !== undefined));
    if (first !== undefined && first !== step) go(first);
  };
  const next = async () => {
    let fits = await form.trigger([...fieldsOf[step]]);
    if (fits && step === 'what' && form.getValues('incidentOn') > show.today) {
      form.setError('incidentOn', { message: 'errors.claim.incidentFuture' });
      fits = false;
    }
    const later = all[index + 1];
    if (!fits || later === undefined) {
      failed();
      return;
    }
    await keep();
    go(later);
  };
  const send = form.handleSubmit(async (values) => {
    const answer = await submit.mutateAsync({ id: claim.id, ...values }).catch((error: unknown) => {
      showErrors(error, form);
      backToProblem();
      return null;
    });
    if (answer === null) return;
    await utils.claims.invalidate();
    router.push(`/claims/${claim.id}?sent=1`);
    router.refresh();
  }, backToProblem);

  const visible = new Set(fieldsOf[step].map((field) => field.replaceAll('.', '-')));
  const problems = formProblems(form.formState.errors, errorText, fieldsOf[step], { incidentOn: common('fields.incidentOn'), description: common('fields.description'), counterparty: t('counterparty'), amountClaimed: common('fields.amountClaimed') }).filter(({ fieldId }) => fieldId === undefined || visible.has(fieldId));
  return (
    <FormProvider {...form}>
      <div className="max-w-xl">
        <ClaimSteps id={claim.id} step={step} />
        {index > 0 ? <TextLink kind="standalone" href={address(all[index - 1] ?? 'category')}><ArrowLeft aria-hidden="true" />{common('actions.back')}</TextLink> : null}
        <form method="post"
          noValidate
          className="mt-2"
          onSubmit={(event) => {
            event.preventDefault();
            void (step === 'check' ? send(event) : next());
          }}
        >
          <FormSummary problems={problems} attempt={attempt} />
          {step === 'category' ? (
            <Controller
              control={form.control}
              name="category"
              render={({ field, fieldState }) => <CategoryField eligibility={eligibility} value={field.value} onChange={field.onChange} error={errorText(fieldState.error)} />}
            />
          ) : step === 'what' ? <WhatStep /> : step === 'other' ? <OtherStep currency={currency} /> : step === 'documents' ? <DocumentsStep claim={claim} eligibility={eligibility} /> : <CheckStep claim={claim} eligibility={eligibility} />}
          <div className="mt-8 flex flex-wrap items-center gap-x-4 gap-y-3">
            <Button type="submit" size="large" className="w-full sm:w-auto" loading={submit.isPending || submit.isSuccess}>{step === 'check' ? t('send') : common('actions.continue')}</Button>
            <TextLink kind="standalone" href="/claims">{t('leave')}</TextLink>
            <p role="status" className="text-note text-ink-muted">{state === 'saving' ? common('ui.saving') : state === 'saved' ? common('ui.saved') : state === 'failed' ? t('notSaved') : ''}</p>
          </div>
        </form>
      </div>
    </FormProvider>
  );
}

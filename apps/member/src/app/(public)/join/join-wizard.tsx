'use client';
import { Button, FormSummary, SkeletonText, Steps, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, type BaseSyntheticEvent } from 'react';
import { FormProvider } from 'react-hook-form';
import { formProblems } from '~/lib/form-problems';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { fieldErrors, problemOf, showErrors, useErrorText } from '~/trpc/errors';
import { useSignIn } from '~/trpc/session';
import { ExtrasStep } from './extras-step';
import { fieldsOf, forgetJoin, joinSteps, stepsFor, useJoinForm, type Joining, type JoinProps, type JoinStep } from './join-form';
import { useJoinPrice, type Codes } from './join-price';
import { CheckStep, ContactStep, PersonStep, PlanStep } from './join-steps';

/** Joining, one thing at a time. The step stands in the address, so the browser's own back works. */
export function JoinWizard(props: JoinProps) {
  const t = useTranslations('member.join');
  const common = useTranslations('common');
  const f = useTranslations('common.fields');
  const errorText = useErrorText();
  const show = useShow();
  const router = useRouter();
  const search = useSearchParams();
  const signIn = useSignIn();
  const { form, ready } = useJoinForm(props, { plan: search.get('plan'), ref: search.get('ref') });
  const [attempt, setAttempt] = useState(0);
  const [leaving, setLeaving] = useState(false);
  const sending = useRef(false);
  const join = trpc.accounts.join.useMutation({ meta: { quiet: true } });

  const { price, failure, refetch, codes, apply } = useJoinPrice(props.country, form, ready);
  const badParts = fieldErrors(failure)['instalmentsCode'];
  useEffect(() => {
    if (badParts === undefined) return;
    // what was chosen does not go with what was written since: the price is that of all at once
    form.setValue('instalmentsCode', undefined);
    form.setError('instalmentsCode', { type: 'server', message: badParts });
  }, [badParts, form]);
  const plan = props.plans.find(({ code }) => code === form.getValues('planCode'));
  const steps = stepsFor(plan);
  const asked = steps.find((candidate) => candidate === search.get('step')) ?? 'plan';
  // the password is not stored: after a reload the later step would have none
  const step: JoinStep = asked === 'check' && ready && !form.getValues('password') ? 'contact' : asked;
  const index = steps.indexOf(step);
  /** Another plan may not have what was chosen beside the one before. */
  const keepOffered = (chosen: typeof plan) => {
    if (chosen === undefined) return;
    form.setValue('instalmentsCode', undefined);
    form.setValue('addons', (form.getValues('addons') ?? []).filter((code) => chosen.addons.some((addon) => addon.code === code)));
    form.setValue('people', chosen.perExtraPerson === null ? 1 : Math.max(chosen.includedPeople ?? 1, form.getValues('people') ?? 1));
  };
  const go = (to: JoinStep) => {
    window.history.pushState(null, '', `/join?step=${to}`);
    window.scrollTo(0, 0);
  };
  const backToProblem = () => {
    setAttempt((before) => before + 1);
    const { errors } = form.formState;
    const first = joinSteps.find((candidate) => fieldsOf[candidate].some((field) => form.getFieldState(field, { ...form.formState, errors }).error !== undefined));
    if (first !== undefined && first !== step) go(first);
  };
  const next = async () => {
    const fits = await form.trigger([...fieldsOf[step]]);
    if (step === 'plan' && !form.getValues('planCode')) form.setError('planCode', { message: 'errors.choice' });
    const chosen = props.plans.find(({ code }) => code === form.getValues('planCode'));
    if (step === 'plan') keepOffered(chosen);
    const later = stepsFor(chosen)[index + 1];
    if (fits && later !== undefined) go(later);
    else setAttempt((before) => before + 1);
  };
  /** Codes that were typed and not applied: true when they leave the price as it was seen. */
  const settleCodes = async (typed: Codes): Promise<boolean> => {
    if (typed.couponCode === codes.couponCode && typed.referralCode === codes.referralCode) return true;
    try {
      const fresh = await apply(typed);
      if (fresh.total.minor === price?.total.minor) return true;
      form.setError('root', { type: 'server', message: 'errors.plan.priceChanged' });
    } catch (error) {
      showErrors(error, form);
    }
    backToProblem();
    return false;
  };
  /** Joins, signs in and goes on; false when the person stays on the page. */
  const goThrough = async (values: Joining): Promise<boolean> => {
    if (!(await settleCodes({ couponCode: values.couponCode ?? '', referralCode: values.referralCode ?? '' }))) return false;
    // what was seen is sent along: another price is refused, and shown before anybody agrees to it
    const answer = await join.mutateAsync({ ...values, birthDate: values.birthDate, ...(price === undefined ? {} : { shown: price.total }) }).catch((error: unknown) => {
      showErrors(error, form);
      if (problemOf(error)?.messageKey === 'errors.plan.priceChanged') void refetch();
      backToProblem();
      return null;
    });
    if (answer === null) return false;
    setLeaving(true);
    forgetJoin();
    if (answer.next === 'check_mail') {
      router.push('/join/check-mail');
      return true;
    }
    const target = answer.next === 'done' ? '/home' : (answer.checkoutUrl ?? `/pay/${answer.paymentId ?? ''}`);
    // the person just chose this password: no need to ask for it again after paying
    if ((await signIn({ email: values.email, password: values.password }, target)) !== null) window.location.assign(target);
    return true;
  };
  const send = async (event?: BaseSyntheticEvent): Promise<void> => {
    event?.preventDefault();
    // a second click would sign in a second time, which ends the session that the first one has just opened
    if (sending.current) return;
    sending.current = true;
    let left = false;
    try {
      await form.handleSubmit(async (values) => { left = await goThrough(values); }, backToProblem)(event);
    } finally {
      sending.current = left;
    }
  };

  if (!ready) return <SkeletonText lines={6} label={common('uiWords.loading')} />;
  const due = price?.now ?? plan?.price ?? null;
  const paid = due !== null && due.minor > 0n;
  const byTransfer = form.watch('payment') === 'bank_transfer';
  const labels = { plan: t('stepPlan'), extras: t('stepExtras'), person: t('stepPerson'), contact: t('stepContact'), check: t('stepCheck') };
  const { errors } = form.formState;
  const names = {
    firstName: f('firstName'), lastName: f('lastName'), personalNumber: f('personalNumber'), birthDate: f('birthDate'), email: f('email'), phone: f('phone'), password: f('password'),
    people: t('people'), addons: t('addons'), instalmentsCode: common('instalments.question'), couponCode: t('coupon'), payment: t('howToPay'), referralCode: f('referralCode'), 'consents.terms.accepted': common('nav.terms'), 'consents.privacy.accepted': common('nav.privacy'),
  };
  const visible = new Set<string>(fieldsOf[step]);
  const problems = formProblems(errors, errorText, fieldsOf[step], names).filter(({ fieldId }) => fieldId === undefined || [...visible].some((field) => field.replaceAll('.', '-') === fieldId));
  return (
    <FormProvider {...form}>
      <Steps
        className="mb-6"
        current={index}
        steps={[...steps.map((name) => ({ label: labels[name], href: `/join?step=${name}` })), ...(paid || plan === undefined ? [{ label: t('stepPay') }] : [])]}
      />
      {index > 0 ? (
        <TextLink kind="standalone" href={`/join?step=${steps[index - 1] ?? 'plan'}`}><ArrowLeft aria-hidden="true" />{common('actions.back')}</TextLink>
      ) : null}
      <form method="post"
        noValidate
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault();
          void (step === 'check' ? send(event) : next());
        }}
      >
        <FormSummary problems={problems} attempt={attempt} />
        {step === 'plan' ? <PlanStep {...props} /> : step === 'extras' ? <ExtrasStep plan={plan} price={price} /> : step === 'person' ? <PersonStep {...props} /> : step === 'contact' ? <ContactStep {...props} /> : <CheckStep {...props} plan={plan} price={price} failure={failure} codes={codes} onCodes={apply} />}
        <Button type="submit" size="large" className="mt-8 w-full sm:w-auto" loading={join.isPending || leaving}>
          {step !== 'check' ? common('actions.continue') : !paid ? common('actions.join') : byTransfer ? t('getSlip') : t('payAmount', { amount: show.money(due) })}
        </Button>
        {step === 'check' && paid ? <p className="mt-3 text-note text-ink-muted">{byTransfer ? t('slipHelp') : t('payHelp')}</p> : null}
      </form>
    </FormProvider>
  );
}

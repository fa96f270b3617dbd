'use client';
import { policyInput, policyKinds } from '@interdomestik/rules/policies';
import { Button, DateInput, Field, Input, NativeSelect, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Controller, useForm } from 'react-hook-form';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';
import { kindOf, type Policy } from './policy';

// i18n-keys: common.policyKinds.*
/** Adds a policy, or changes the given one. */
export function PolicyForm({ policy, done }: { policy: Policy | null; done: () => void }) {
  const t = useTranslations('member.policies');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({
    resolver: formResolver(policyInput),
    defaultValues: {
      kind: kindOf(policy?.kind ?? 'vehicle_liability'), insurer: policy?.insurer ?? '', policyNumber: policy?.policyNumber ?? '', startsOn: policy?.startsOn ?? '', endsOn: policy?.endsOn ?? '',
    },
  });
  const { errors } = form.formState;
  const onError = (error: unknown) => void showErrors(error, form);
  const add = trpc.policies.add.useMutation({ onSuccess: done, onError });
  const update = trpc.policies.update.useMutation({ onSuccess: done, onError });
  const send = form.handleSubmit((values) => {
    if (policy === null) add.mutate(values);
    else update.mutate({ id: policy.id, policy: values });
  });
  const day = (name: 'startsOn' | 'endsOn', label: string) => (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Field label={label} help={common('dates.dateHelp')} error={errorText(errors[name])}>
          <DateInput value={field.value} onValueChange={(value, text) => field.onChange(value ?? text)} onBlur={field.onBlur} />
        </Field>
      )}
    />
  );
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="space-y-5">
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={t('kind')} error={errorText(errors.kind)}>
        <NativeSelect options={policyKinds.map((kind) => ({ value: kind, label: common(`policyKinds.${kind}`) }))} {...form.register('kind')} />
      </Field>
      <Field label={t('insurer')} error={errorText(errors.insurer)}><Input autoComplete="off" {...form.register('insurer')} /></Field>
      <Field label={t('number')} error={errorText(errors.policyNumber)}><Input autoComplete="off" chars={24} className="figures" {...form.register('policyNumber')} /></Field>
      {day('startsOn', t('starts'))}
      {day('endsOn', t('ends'))}
      <Button type="submit" wide loading={add.isPending || update.isPending}>{common('actions.save')}</Button>
    </form>
  );
}

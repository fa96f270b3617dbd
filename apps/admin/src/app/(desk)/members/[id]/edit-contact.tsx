'use client';
import { nameSchema, emailSchema, formatPhone, optionalTextSchema } from '@interdomestik/rules/people';
import { Button, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { Pencil } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { MemberDetails } from '../member-story';

const contactForm = z.object({
  firstName: nameSchema, lastName: nameSchema, phone: z.string().max(40),
  email: z.union([z.literal(''), emailSchema], { error: 'errors.email' }), address: optionalTextSchema(200), city: optionalTextSchema(100),
});

/** Corrects how a member is named and reached. */
export function EditContact({ member }: { member: MemberDetails }) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const values = {
    firstName: member.firstName, lastName: member.lastName, phone: member.phone === null ? '' : formatPhone(member.phone), email: member.email ?? '', address: member.address ?? '', city: member.city ?? '',
  };
  const form = useForm({ resolver: formResolver(contactForm), values });
  const update = trpc.members.updateContact.useMutation({
    onError: (error) => void showErrors(error, form),
    onSuccess: () => {
      setOpen(false);
      toast.success(c('ui.saved'));
      void utils.members.invalidate();
      router.refresh();
    },
  });
  const submit = form.handleSubmit(({ phone, email, ...rest }) => update.mutate({ id: member.id, ...rest, phone: phone.trim() === '' ? null : phone, email: email === '' ? null : email }));
  const { errors } = form.formState;
  const change = (next: boolean) => {
    if (!next) form.reset(values);
    setOpen(next);
  };
  return (
    <>
      <Button variant="secondary" icon={<Pencil />} onClick={() => setOpen(true)}>{t('edit')}</Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={t('editTitle')}
        footer={<><Button loading={update.isPending} onClick={() => void submit()}>{c('actions.save')}</Button><Button variant="secondary" onClick={() => change(false)}>{c('actions.cancel')}</Button></>}
      >
        <form method="post" noValidate className="grid gap-4 sm:grid-cols-2" onSubmit={(event) => void submit(event)}>
          {errors.root ? <Notice tone="danger" live className="sm:col-span-2">{errorText(errors.root)}</Notice> : null}
          <Field label={c('fields.firstName')} error={errorText(errors.firstName)}><Input {...form.register('firstName')} /></Field>
          <Field label={c('fields.lastName')} error={errorText(errors.lastName)}><Input {...form.register('lastName')} /></Field>
          <Field label={c('fields.phone')} error={errorText(errors.phone)}><Input inputMode="tel" {...form.register('phone')} /></Field>
          <Field label={c('fields.email')} optional error={errorText(errors.email)}><Input type="email" {...form.register('email')} /></Field>
          <Field label={c('fields.address')} optional error={errorText(errors.address)}><Input {...form.register('address')} /></Field>
          <Field label={c('fields.city')} optional error={errorText(errors.city)}><Input {...form.register('city')} /></Field>
          <button type="submit" hidden />
        </form>
      </Dialog>
    </>
  );
}

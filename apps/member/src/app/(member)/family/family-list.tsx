'use client';
import { familyMemberInput, familyRelations } from '@interdomestik/rules/members';
import { Avatar, Button, DateInput, Dialog, EmptyState, Field, IconButton, Input, Notice, Select, toastUndo } from '@interdomestik/ui';
import { Plus, Trash2, Users } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Person = Outputs['memberships']['family']['people'][number];

const relationOf = (text: string) => familyRelations.find((relation) => relation === text) ?? 'other';

/** The people beside the member; `room` is how many more the plan covers, null for any number. */
export function FamilyList({ people, room }: { people: readonly Person[]; room: number | null }) {
  const t = useTranslations('member.family');
  const common = useTranslations('common');
  const show = useShow();
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const add = trpc.memberships.addFamilyMember.useMutation({ onSuccess: () => router.refresh() });
  const remove = trpc.memberships.removeFamilyMember.useMutation({ onSuccess: () => router.refresh() });
  const takeOff = (person: Person) => remove.mutate({ id: person.id }, {
    onSuccess: () => toastUndo(t('removed', { name: person.firstName }), common('actions.undo'), () => add.mutate({
      firstName: person.firstName, lastName: person.lastName, relation: relationOf(person.relation), birthDate: person.birthDate ?? undefined,
    })),
  });
  const full = room !== null && room <= 0;
  return (
    <>
      {people.length === 0 ? (
        <EmptyState icon={<Users />} title={t('emptyTitle')} action={<Button icon={<Plus />} onClick={() => setAdding(true)}>{t('add')}</Button>}>{t('emptyText')}</EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-card border bg-raised">
          {people.map((person) => (
            <li key={person.id} className="flex items-center gap-3 py-3 pr-2 pl-4">
              <Avatar name={`${person.firstName} ${person.lastName}`} />
              <div className="min-w-0 flex-1">
                <p className="font-semibold">{person.firstName} {person.lastName}</p>
                {/* i18n-keys: common.familyRelations.* */}
                <p className="text-note text-ink-muted">{common(`familyRelations.${relationOf(person.relation)}`)}{person.birthDate === null ? '' : ` · ${show.day(person.birthDate)}`}</p>
              </div>
              <IconButton label={`${common('actions.remove')}: ${person.firstName} ${person.lastName}`} icon={<Trash2 />} disabled={remove.isPending} onClick={() => takeOff(person)} />
            </li>
          ))}
        </ul>
      )}
      {people.length > 0 && !full ? <Button className="mt-4" icon={<Plus />} onClick={() => setAdding(true)}>{t('add')}</Button> : null}
      {full ? <Notice className="mt-4">{t('full')}</Notice> : null}
      <Dialog open={adding} onOpenChange={setAdding} title={t('add')}>
        <PersonForm done={() => { setAdding(false); router.refresh(); }} />
      </Dialog>
    </>
  );
}

function PersonForm({ done }: { done: () => void }) {
  const t = useTranslations('member.family');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(familyMemberInput), defaultValues: { firstName: '', lastName: '', birthDate: '' } });
  const add = trpc.memberships.addFamilyMember.useMutation({ onSuccess: done, onError: (error) => void showErrors(error, form) });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void form.handleSubmit((values) => add.mutate(values))(event)} className="space-y-5">
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={common('fields.firstName')} error={errorText(errors.firstName)}><Input autoComplete="off" {...form.register('firstName')} /></Field>
      <Field label={common('fields.lastName')} error={errorText(errors.lastName)}><Input autoComplete="off" {...form.register('lastName')} /></Field>
      <Controller
        control={form.control}
        name="relation"
        render={({ field }) => (
          <Field label={t('relation')} error={errorText(errors.relation)}>
            <Select value={field.value} onValueChange={field.onChange} onBlur={field.onBlur} options={familyRelations.map((value) => ({ value, label: common(`familyRelations.${value}`) }))} />
          </Field>
        )}
      />
      <Controller
        control={form.control}
        name="birthDate"
        render={({ field }) => (
          <Field optional label={common('fields.birthDate')} help={common('dates.dateHelp')} error={errorText(errors.birthDate)}>
            <DateInput value={field.value ?? null} onValueChange={(value, text) => field.onChange(value ?? text)} onBlur={field.onBlur} />
          </Field>
        )}
      />
      <Button type="submit" wide loading={add.isPending}>{common('actions.add')}</Button>
    </form>
  );
}

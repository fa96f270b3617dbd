'use client';
import { Button, Dialog, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { FormEventHandler } from 'react';
import type { FieldError, UseFormRegisterReturn } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';

interface KeyDialogProps {
  readonly id: string;
  readonly title: string;
  readonly confirm: string;
  readonly label: string;
  readonly help: string;
  readonly field: UseFormRegisterReturn;
  readonly error: FieldError | undefined;
  /** What is wrong with the whole. */
  readonly fault: unknown;
  readonly isPending: boolean;
  readonly onSubmit: FormEventHandler;
  readonly onClose: () => void;
}

/** Takes one key from another house in: it is not shown while it is typed, and never again. */
export function KeyDialog({ id, title, confirm, label, help, field, error, fault, isPending, onSubmit, onClose }: KeyDialogProps) {
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={<><Button type="submit" form={id} loading={isPending}>{confirm}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <form method="post" id={id} noValidate className="space-y-4" onSubmit={onSubmit}>
        {fault ? <Notice tone="danger" live>{errorText(fault)}</Notice> : null}
        <Field label={label} help={help} error={errorText(error)} required><Input {...field} type="password" autoComplete="off" spellCheck={false} autoCapitalize="none" /></Field>
      </form>
    </Dialog>
  );
}

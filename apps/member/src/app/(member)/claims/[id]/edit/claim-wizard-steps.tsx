'use client';
import { formatAmount, parseMoney, type Currency } from '@interdomestik/rules/money';
import { documentKinds, type DocumentKind } from '@interdomestik/rules/rule-sets';
import { DateInput, Field, Input, KeyValue, MoneyInput, NativeSelect, Notice, Section, Status, TextLink, Textarea } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { DocumentDrop } from '~/components/document-drop';
import { useShow } from '~/lib/use-show';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';
import type { Claim, ClaimValues } from './draft-form';

// i18n-keys: common.claimCategories.*, common.documentKinds.*
type Eligibility = Outputs['claims']['eligibility'];

/** What the chosen kind of claim asks for. */
function useRequired({ categories }: Eligibility): readonly DocumentKind[] {
  const category = useWatch<ClaimValues, 'category'>({ name: 'category' });
  return categories.find((candidate) => candidate.category === category)?.requiredDocuments ?? [];
}

export function WhatStep() {
  const t = useTranslations('member.claimForm');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const show = useShow();
  const { control, register, formState: { errors } } = useFormContext<ClaimValues>();
  return (
    <>
      <h1 className="mb-6 text-page">{t('whatTitle')}</h1>
      <div className="space-y-6">
        <Controller
          control={control}
          name="incidentOn"
          render={({ field }) => (
            <Field id="incidentOn" label={t('when')} help={common('dates.dateHelp')} error={errorText(errors.incidentOn)}>
              <DateInput max={show.today} value={field.value} onValueChange={(value, text) => field.onChange(value ?? text)} onBlur={field.onBlur} />
            </Field>
          )}
        />
        <Field id="description" label={t('describe')} help={t('describeHelp')} error={errorText(errors.description)}>
          <Textarea rows={6} {...register('description')} />
        </Field>
      </div>
    </>
  );
}

export function OtherStep({ currency }: { currency: Currency }) {
  const t = useTranslations('member.claimForm');
  const errorText = useErrorText();
  const show = useShow();
  const { control, register, formState: { errors } } = useFormContext<ClaimValues>();
  const parse = (text: string): string | null => {
    try {
      return parseMoney(text, currency).minor.toString();
    } catch {
      return null;
    }
  };
  return (
    <>
      <h1 className="mb-6 text-page">{t('otherTitle')}</h1>
      <div className="space-y-6">
        <Field id="counterparty" label={t('counterparty')} help={t('counterpartyHelp')} error={errorText(errors.counterparty)}>
          <Input autoComplete="off" {...register('counterparty')} />
        </Field>
        <Controller
          control={control}
          name="amountClaimed"
          render={({ field }) => (
            <Field id="amountClaimed" optional label={t('amount')} help={t('amountHelp')} error={errorText(errors.amountClaimed)}>
              <MoneyInput
                currency={show.sign(currency)}
                value={field.value?.minor === undefined ? null : String(field.value.minor)}
                parse={parse}
                format={(minor) => formatAmount({ minor: BigInt(minor), currency }, show.locale)}
                onValueChange={(minor, text) => field.onChange(minor === null ? { currency, text } : { currency, minor })}
                onBlur={field.onBlur}
              />
            </Field>
          )}
        />
      </div>
    </>
  );
}

export function DocumentsStep({ claim, eligibility }: { claim: Claim; eligibility: Eligibility }) {
  const t = useTranslations('member.claimForm');
  const d = useTranslations('member.documents');
  const common = useTranslations('common');
  const required = useRequired(eligibility);
  const [other, setOther] = useState<DocumentKind>('other');
  const extras = documentKinds.filter((kind) => !required.includes(kind) && kind !== 'agreement');
  const extraPapers = claim.documents.filter(({ kind }) => kind === null || extras.includes(kind));
  return (
    <>
      <h1 className="text-page">{t('documentsTitle')}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t('documentsHelp')}</p>
      <div className="space-y-8">
        {required.map((kind) => (
          // i18n-keys: common.documentKinds.*
          <Section key={kind} level={2} title={common(`documentKinds.${kind}`)}>
            <DocumentDrop entity="claim" entityId={claim.id} kind={kind} papers={claim.documents.filter((paper) => paper.kind === kind)} />
          </Section>
        ))}
        <Section title={t('otherDocuments')} help={t('otherDocumentsHelp')}>
          <Field label={d('kind')} className="mb-3">
            <NativeSelect value={other} onChange={(event) => setOther(extras.find((kind) => kind === event.target.value) ?? 'other')} options={extras.map((kind) => ({ value: kind, label: common(`documentKinds.${kind}`) }))} />
          </Field>
          <DocumentDrop key={other} entity="claim" entityId={claim.id} kind={other} papers={extraPapers} />
        </Section>
      </div>
    </>
  );
}

export function CheckStep({ claim, eligibility }: { claim: Claim; eligibility: Eligibility }) {
  const t = useTranslations('member.claimForm');
  const common = useTranslations('common');
  const show = useShow();
  const required = useRequired(eligibility);
  const values = useFormContext<ClaimValues>().getValues();
  const missing = required.filter((kind) => !claim.documents.some((paper) => paper.kind === kind && paper.status === 'stored'));
  const change = (step: string, what: string) => (
    <TextLink href={`/claims/${claim.id}/edit?step=${step}`} aria-label={`${common('actions.change')}: ${what}`}>{common('actions.change')}</TextLink>
  );
  const amount = values.amountClaimed?.minor;
  return (
    <>
      <h1 className="text-page">{t('checkTitle')}</h1>
      <KeyValue
        className="mt-4 mb-6 border-y"
        items={[
          { label: common('fields.category'), value: common(`claimCategories.${values.category}`), action: change('category', common('fields.category')) },
          { label: common('fields.incidentOn'), value: <span className="figures">{show.day(values.incidentOn) || '–'}</span>, action: change('what', common('fields.incidentOn')) },
          { label: common('fields.description'), value: <span className="whitespace-pre-line">{values.description || '–'}</span>, action: change('what', common('fields.description')) },
          { label: common('fields.counterparty'), value: values.counterparty || '–', action: change('other', common('fields.counterparty')) },
          {
            label: common('fields.amountClaimed'), action: change('other', common('fields.amountClaimed')),
            value: amount === undefined || values.amountClaimed === undefined ? t('amountUnknown') : <span className="figures">{show.money({ minor: BigInt(amount), currency: values.amountClaimed.currency })}</span>,
          },
          {
            label: common('nav.documents'), action: change('documents', common('nav.documents')),
            value: (
              <ul className="space-y-1">
                {required.map((kind) => (
                  <li key={kind}><Status look="plain" tone={missing.includes(kind) ? 'warning' : 'success'} className="whitespace-normal">{common(`documentKinds.${kind}`)}{missing.includes(kind) ? ` – ${t('missing')}` : ''}</Status></li>
                ))}
                {claim.documents.length > 0 ? <li className="text-note text-ink-muted">{common('units.file', { count: claim.documents.filter(({ status }) => status === 'stored').length })}</li> : null}
              </ul>
            ),
          },
        ]}
      />
      {missing.length > 0 ? <Notice tone="warning" title={t('missingTitle')}>{t('missingText', { hours: eligibility.triageHours })}</Notice> : <Notice>{t('completeText', { hours: eligibility.triageHours })}</Notice>}
    </>
  );
}

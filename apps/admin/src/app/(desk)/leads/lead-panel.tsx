'use client';
import { Button, ButtonLink, Field, KeyValue, Notice, Section, Select, SidePanel, TextLink, Textarea, toast } from '@interdomestik/ui';
import { ArrowRight, UserPlus } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { StateMark } from '../../_parts/state-mark';
import { useWord } from '../../_parts/use-word';
import { Moment } from '../../_parts/values';
import { nameOf, type Lead, type LeadRights } from './lead';

interface LeadPanelProps {
  readonly lead: Lead;
  readonly plans: Readonly<Record<string, string>>;
  readonly rights: LeadRights;
  readonly onClose: () => void;
}

/** A lead beside the list: how to reach the person, what was said, and the next step. */
export function LeadPanel({ lead, plans, rights, onClose }: LeadPanelProps) {
  const t = useTranslations('admin.leads');
  const c = useTranslations('common');
  const word = useWord();
  const open = lead.status !== 'converted';
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={nameOf(lead)}
      meta={<StateMark kind="lead" value={lead.status} />}
      footer={
        rights.enrol && open ? (
          <ButtonLink href={`/enrol?lead=${lead.id}`} icon={<UserPlus />}>{t('enrol')}</ButtonLink>
        ) : rights.members && lead.memberId !== null ? (
          <ButtonLink href={`/members/${lead.memberId}`} variant="secondary" icon={<ArrowRight />}>{t('toMember')}</ButtonLink>
        ) : undefined
      }
    >
      <KeyValue
        items={[
          { label: c('fields.phone'), value: lead.phone === null ? '–' : <TextLink href={`tel:${lead.phone.replaceAll(' ', '')}`} className="figures">{lead.phone}</TextLink> },
          { label: c('fields.email'), value: lead.email === null ? '–' : <TextLink href={`mailto:${lead.email}`} className="break-all">{lead.email}</TextLink> },
          { label: c('fields.plan'), value: lead.planCode === null ? t('noPlan') : (plans[lead.planCode] ?? lead.planCode) },
          { label: t('source'), value: word('leadSources', lead.source) },
          ...(rights.own ? [] : [{ label: t('owner'), value: lead.ownerName || '–' }, { label: c('fields.branch'), value: lead.branchName }]),
          { label: c('fields.createdAt'), value: <Moment value={lead.createdAt} /> },
          { label: c('fields.updatedAt'), value: <Moment value={lead.updatedAt} /> },
        ]}
      />
      <Section level={3} className="mt-6" title={c('fields.note')}>
        <p className={lead.note === '' ? 'text-ink-muted' : 'whitespace-pre-line'}>{lead.note === '' ? t('noNote') : lead.note}</p>
      </Section>
      {rights.write && lead.nextStatuses.length > 0 ? <MoveLead key={lead.status} lead={lead} /> : null}
    </SidePanel>
  );
}

function MoveLead({ lead }: { lead: Lead }) {
  const t = useTranslations('admin.leads');
  const c = useTranslations('common');
  const word = useWord();
  const router = useRouter();
  const errorText = useErrorText();
  const [to, setTo] = useState<Lead['status'] | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const move = trpc.leads.move.useMutation({
    onSuccess: (_, input) => {
      toast.success(t('moved', { status: word('statuses.lead', input.to) }));
      setNote('');
      router.refresh();
    },
    // said above the fields
    onError: () => undefined,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(to === null);
    if (to !== null) move.mutate({ id: lead.id, to, note });
  };
  return (
    <Section level={3} className="mt-6" title={t('move')}>
      <form method="post" noValidate className="space-y-4" onSubmit={send}>
        {move.error === null ? null : <Notice tone="danger" live>{errorText(move.error)}</Notice>}
        <Field label={c('fields.status')} error={missing ? errorText('errors.required') : undefined}>
          <Select
            value={to}
            onValueChange={(value) => { setMissing(false); setTo(lead.nextStatuses.find((next) => next === value) ?? null); }}
            options={lead.nextStatuses.map((next) => ({ value: next, label: word('statuses.lead', next) }))}
          />
        </Field>
        <Field label={t('moveNote')} optional><Textarea rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        <Button type="submit" variant="secondary" loading={move.isPending}>{t('move')}</Button>
      </form>
    </Section>
  );
}

'use client';
import { printIban, printReference } from '@interdomestik/rules/bank';
import { Button, ButtonLink, Field, Input, KeyValue, Notice, SidePanel, Skeleton, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { Day, Sum } from '../../../_parts/values';
import { LineMark, type Line } from './line-mark';

type Candidate = Outputs['bank']['candidates'][number];

interface LinePanelProps {
  readonly line: Line | null;
  readonly onClose: () => void;
  readonly showsMembers: boolean;
}

/** A movement beside the list: what the bank says, which sale it may be, and what a person can make of it. */
export function LinePanel({ line, onClose, showsMembers }: LinePanelProps) {
  const t = useTranslations('bank');
  const c = useTranslations('common.fields');
  const a = useTranslations('admin.payments');
  const formats = useFormats();
  if (line === null) return <SidePanel open={false} onOpenChange={onClose} beside title={t('lines')}>{null}</SidePanel>;
  const said = (label: string, value: string) => (value === '' ? [] : [{ label, value: <span className="break-words">{value}</span> }]);
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      beside
      title={formats.money(line.amount)}
      meta={<span className="flex flex-wrap items-center gap-x-3"><Day value={line.bookedOn} /><LineMark line={line} /></span>}
      footer={line.memberId !== null && showsMembers ? <ButtonLink variant="secondary" href={`/members/${line.memberId}`}>{a('toMember')}</ButtonLink> : undefined}
    >
      <div className="space-y-5">
        <KeyValue
          items={[
            ...said(t('payer'), line.payer), ...said(t('payerAccount'), line.payerAccount), ...said(t('purpose'), line.purpose), ...said(t('reference'), line.reference),
            ...(line.memberName === null ? [] : [{ label: c('member'), value: line.memberName }]),
            ...(line.saleReference === null ? [] : [{ label: t('saleReference'), value: <span className="figures">{printReference(line.saleReference)}</span> }]),
            ...(line.held === null ? [] : [{ label: t('kept'), value: <Sum value={line.held} strong /> }]),
            ...said(t('note'), line.note ?? ''),
          ]}
        />
        {line.status === 'open' || line.status === 'new' ? <Decide line={line} onDone={onClose} /> : null}
        {line.status === 'held' ? <SendBack line={line} onDone={onClose} /> : null}
        {line.status === 'ignored' ? <Reopen line={line} onDone={onClose} /> : null}
      </div>
    </SidePanel>
  );
}

function useDone(onDone: () => void): (text: string) => void {
  const router = useRouter();
  const utils = trpc.useUtils();
  return (text) => {
    toast.success(text);
    onDone();
    void utils.bank.invalidate();
    router.refresh();
  };
}

// i18n-keys: bank.advice.*, bank.outcomes.*, bank.because.*, bank.match.*
/** Sales that it may be of, each with what would follow, and the way to say that it is none of ours. */
function Decide({ line, onDone }: { line: Line; onDone: () => void }) {
  const t = useTranslations('bank');
  const errorText = useErrorText();
  const done = useDone(onDone);
  const [note, setNote] = useState('');
  const candidates = trpc.bank.candidates.useQuery({ id: line.id });
  const match = trpc.bank.matchLine.useMutation({ meta: { quiet: true }, onSuccess: ({ status }) => done(t(status === 'booked' ? 'matched' : 'matchedKept')) });
  const payout = trpc.bank.payoutLine.useMutation({ meta: { quiet: true }, onSuccess: () => done(t('payoutBooked')) });
  const ignore = trpc.bank.ignoreLine.useMutation({ meta: { quiet: true }, onSuccess: () => done(t('ignored')) });
  return (
    <>
      {line.reason === null ? null : <Notice tone="warning">{t(`advice.${line.reason}`)}</Notice>}
      {match.isError ? <Notice tone="danger" live>{errorText(match.error)}</Notice> : null}
      {line.amount.minor < 0n ? <PaidOut line={line} onDone={onDone} /> : (
        <section aria-label={t('candidates')}>
          <h3 className="mb-2 font-semibold">{t('candidates')}</h3>
          {candidates.data === undefined ? <Skeleton className="h-16 w-full" /> : candidates.data.length === 0 ? <p className="text-ink-muted">{t('noCandidates')}</p> : (
            <ul className="divide-y divide-line border-y">
              {candidates.data.map((candidate) => (
                <li key={candidate.paymentId} className="py-3">
                  <CandidateText candidate={candidate} />
                  <Button
                    size="small" className="mt-2" variant={candidate.outcome === 'exact' ? 'primary' : 'secondary'} disabled={match.isPending} loading={match.isPending && match.variables.paymentId === candidate.paymentId}
                    onClick={() => match.mutate({ id: line.id, paymentId: candidate.paymentId })}
                  >
                    {t(`match.${candidate.outcome}`)}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {line.amount.minor <= 0n ? null : (
        <section aria-label={t('payout')} className="space-y-2">
          {payout.isError ? <Notice tone="danger" live>{errorText(payout.error)}</Notice> : null}
          <p className="text-ink-muted">{t('payoutHelp')}</p>
          <Button variant="secondary" size="small" loading={payout.isPending} onClick={() => payout.mutate({ id: line.id })}>{t('payout')}</Button>
        </section>
      )}
      <form method="post" noValidate className="space-y-3" onSubmit={(event) => { event.preventDefault(); ignore.mutate({ id: line.id, note }); }}>
        <Field label={t('notOurs')} help={t('notOursHelp')} error={ignore.isError ? errorText(fieldErrors(ignore.error)['note'] ?? ignore.error) : undefined}><Input value={note} maxLength={200} autoComplete="off" onChange={(event) => setNote(event.target.value)} /></Field>
        <Button type="submit" variant="secondary" size="small" loading={ignore.isPending} disabled={note.trim().length < 2}>{t('ignore')}</Button>
      </form>
    </>
  );
}

/** Refunds of exactly as much that wait for the bank: which one of them has gone out. */
function PaidOut({ line, onDone }: { line: Line; onDone: () => void }) {
  const t = useTranslations('bank');
  const errorText = useErrorText();
  const done = useDone(onDone);
  const waiting = trpc.bank.refundsFor.useQuery({ id: line.id });
  const pay = trpc.bank.payRefund.useMutation({ meta: { quiet: true }, onSuccess: () => done(t('refundPaid')) });
  return (
    <section aria-label={t('refunds')}>
      <h3 className="mb-2 font-semibold">{t('refunds')}</h3>
      {pay.isError ? <Notice tone="danger" live>{errorText(pay.error)}</Notice> : null}
      {waiting.data === undefined ? <Skeleton className="h-16 w-full" /> : waiting.data.length === 0 ? <p className="text-ink-muted">{t('noRefunds')}</p> : (
        <ul className="divide-y divide-line border-y">
          {waiting.data.map(({ refundId, memberName, amount, reference, iban }) => (
            <li key={refundId} className="py-3">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4"><span className="font-semibold">{memberName}</span><Sum value={amount} /></p>
              <p className="figures text-note text-ink-muted">{[reference, iban === null ? '' : printIban(iban)].filter(Boolean).join(' · ')}</p>
              <Button size="small" className="mt-2" variant="secondary" disabled={pay.isPending} loading={pay.isPending && pay.variables.refundId === refundId} onClick={() => pay.mutate({ id: line.id, refundId })}>{t('isRefund')}</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CandidateText({ candidate }: { candidate: Candidate }) {
  const t = useTranslations('bank');
  const formats = useFormats();
  const { memberName, planTitle, reference, missing, outcome, because, expiresOn } = candidate;
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4"><span className="font-semibold">{memberName}</span><Sum value={missing} /></p>
      <p className="text-note text-ink-muted">{planTitle} · <span className="figures">{printReference(reference)}</span>{expiresOn === null ? '' : ` · ${t('waitsUntil', { day: formats.day(expiresOn) })}`}</p>
      <p className="text-note text-ink-muted">{t(`because.${because}`)} {t(`outcomes.${outcome}`)}</p>
    </>
  );
}

/** What is kept was sent back by the bank: its number is written down, and the books follow. */
function SendBack({ line, onDone }: { line: Line; onDone: () => void }) {
  const t = useTranslations('bank');
  const errorText = useErrorText();
  const done = useDone(onDone);
  const [bankReference, setBankReference] = useState('');
  const send = trpc.bank.returnHeld.useMutation({ meta: { quiet: true }, onSuccess: () => done(t('returned')) });
  return (
    <form method="post" noValidate className="space-y-3" onSubmit={(event) => { event.preventDefault(); send.mutate({ id: line.id, bankReference }); }}>
      <Notice tone="info">{t('keptHelp')}</Notice>
      <Field label={t('bankReference')} help={t('returnHelp')} error={send.isError ? errorText(fieldErrors(send.error)['bankReference'] ?? send.error) : undefined}><Input value={bankReference} maxLength={80} chars={24} autoComplete="off" onChange={(event) => setBankReference(event.target.value)} /></Field>
      <Button type="submit" variant="secondary" loading={send.isPending} disabled={bankReference.trim().length < 2}>{t('return')}</Button>
    </form>
  );
}

function Reopen({ line, onDone }: { line: Line; onDone: () => void }) {
  const t = useTranslations('bank');
  const done = useDone(onDone);
  const reopen = trpc.bank.reopenLine.useMutation({ onSuccess: () => done(t('reopened')) });
  return <Button variant="secondary" loading={reopen.isPending} onClick={() => reopen.mutate({ id: line.id })}>{t('reopen')}</Button>;
}

'use client';
import { Button, Dialog, Field, Notice, RadioCards, Select, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useWord } from '../../_parts/use-word';
import { useClaimChanged } from './use-claim-changed';

type Claim = Outputs['claims']['get'];

/** Moves a claim to a stage that the tenant's workflow allows; what is missing for the others is said. */
export function MoveDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const word = useWord();
  const errorText = useErrorText();
  const changed = useClaimChanged();
  // the reason of a rejection is asked for right here, so that gate alone does not shut the way
  const steps = claim.nextStates.map((step) => ({ ...step, shut: step.missingGates.filter((gate) => gate !== 'rejectReason') }));
  const open = steps.filter(({ allowed, shut, missingGates }) => allowed || (shut.length === 0 && missingGates.length > 0));
  const [to, setTo] = useState<string>(open[0]?.to ?? '');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const move = trpc.claims.move.useMutation({
    onError: () => undefined,
    onSuccess: () => {
      toast.success(t('moved', { stage: word('statuses.claim', to) }));
      changed();
      onClose();
    },
  });
  const problems = fieldErrors(move.error);
  const rejectReason = claim.rejectReasons.find((one) => one === reason);
  const send = () => move.mutate({ id: claim.id, to, ...(note.trim() === '' ? {} : { note }), ...(to === 'rejected' && rejectReason !== undefined ? { rejectReason } : {}) });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('moveTitle', { number: claim.code ?? '' })}
      description={t('moveHelp')}
      footer={<><Button loading={move.isPending} disabled={to === ''} onClick={send}>{t('moveNow')}</Button><Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button></>}
    >
      <div className="space-y-5">
        {move.isError && Object.keys(problems).length === 0 ? <Notice tone="danger" live>{errorText(move.error)}</Notice> : null}
        <Field group label={t('nextStage')}>
          <RadioCards
            value={to}
            onValueChange={setTo}
            options={steps.map((step) => ({
              value: step.to, label: word('statuses.claim', step.to), disabled: !open.some((one) => one.to === step.to),
              // i18n-keys: errors.transition.gate.*
              help: step.shut.length > 0 ? step.shut.map((gate) => errorText(`errors.transition.gate.${gate}`)).join('. ') : undefined,
            }))}
          />
        </Field>
        {to === 'rejected' ? (
          <Field label={c('fields.reason')} error={errorText(problems['rejectReason'])}>
            <Select value={reason} onValueChange={setReason} options={claim.rejectReasons.map((value) => ({ value, label: word('rejectReasons', value) }))} />
          </Field>
        ) : null}
        <Field label={t('moveNote')} help={t('moveNoteHelp')} optional error={errorText(problems['note'])}>
          <Textarea rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}

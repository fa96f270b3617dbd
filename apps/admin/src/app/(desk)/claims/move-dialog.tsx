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
  const steps = claim.nextStates;
  const open = steps.filter(({ allowed }) => allowed);
  /** What still shuts a step, in sentences. */
  const reasonsOf = ({ missingGates, missingDocuments, unmet }: (typeof steps)[number]): string[] => [
    // i18n-keys: errors.transition.gate.*
    ...missingGates.map((gate) => errorText(`errors.transition.gate.${gate}`) ?? ''),
    ...(missingDocuments.length === 0 ? [] : [t('shut.documents', { list: missingDocuments.map((kind) => word('documentKinds', kind)).join(', ') })]),
    ...(unmet === null ? [] : [t('shut.condition', { sentence: unmet })]),
  ];
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
              help: step.allowed ? undefined : reasonsOf(step).join('. '),
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

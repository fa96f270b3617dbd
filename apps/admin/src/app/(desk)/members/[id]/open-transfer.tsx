'use client';
import { Button, ButtonLink, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import type { Transfer } from '../../transfers/transfer';
import { useTransferDone } from '../../transfers/transfer-panel';

/** That a transfer of this member waits, for whom, and what the viewer may do about it. */
export function OpenTransfer({ transfer }: { transfer: Transfer }) {
  const t = useTranslations('admin.transfers');
  const formats = useFormats();
  const done = useTransferDone(() => undefined);
  const withdraw = trpc.transfers.withdraw.useMutation({ onSuccess: () => done(t('withdrawnDone')) });
  const within = transfer.fromBranchId === transfer.toBranchId;
  return (
    <Notice
      className="mb-6 max-w-4xl"
      title={within ? t('pendingInside') : t('pending', { branch: transfer.toBranchName })}
      actions={
        <>
          {transfer.mayDecide ? <ButtonLink size="small" href={`/transfers?view=decide&open=${transfer.id}`}>{t('decideNow')}</ButtonLink> : null}
          {transfer.mayWithdraw ? <Button size="small" variant="secondary" loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: transfer.id })}>{t('withdraw')}</Button> : null}
        </>
      }
    >
      <p>{t('pendingBy', { name: transfer.requestedByName ?? '–', date: formats.dayOf(transfer.createdAt) })}</p>
      {transfer.reason === null ? null : <p className="mt-1 break-words whitespace-pre-line text-ink-muted">{transfer.reason}</p>}
    </Notice>
  );
}

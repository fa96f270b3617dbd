'use client';
import { Button, KeyValue, SidePanel, TextLink, toast, type KeyValueItem } from '@interdomestik/ui';
import { Undo2 } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { StateMark } from '../../_parts/state-mark';
import { Moment } from '../../_parts/values';
import { DecideTransfer } from './decide-transfer';
import type { Transfer } from './transfer';
import { WhatMoves } from './what-moves';

/** What follows a decision everywhere: the list, the counts, the member. */
export function useTransferDone(onDone: () => void): (text: string) => void {
  const router = useRouter();
  const utils = trpc.useUtils();
  return (text) => {
    toast.success(text);
    onDone();
    void utils.transfers.invalidate();
    void utils.members.invalidate();
    router.refresh();
  };
}

/** One request beside the list: who, from where to where, why, what moves, and what the viewer may do about it. */
export function TransferPanel({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const t = useTranslations('admin.transfers');
  const c = useTranslations('common');
  const done = useTransferDone(onClose);
  const withdraw = trpc.transfers.withdraw.useMutation({ onSuccess: () => done(t('withdrawnDone')) });
  const { member } = transfer;
  const open = transfer.status === 'requested';
  const place = (branch: string, agent: string | null) => <>{branch}<span className="block text-note text-ink-muted">{agent ?? t('noAgent')}</span></>;
  const facts: KeyValueItem[] = [
    { label: c('fields.member'), value: member === null ? <span className="text-ink-muted">{t('goneHelp')}</span> : <>{member.openId === null ? member.name : <TextLink href={`/members/${member.openId}`}>{member.name}</TextLink>}{member.memberNumber === null ? null : <span className="figures block text-note text-ink-muted">{member.memberNumber}</span>}</> },
    { label: t('from'), value: place(transfer.fromBranchName, transfer.fromAgentName) },
    { label: t('to'), value: open && transfer.toAgentName === null ? transfer.toBranchName : place(transfer.toBranchName, transfer.toAgentName) },
    ...(transfer.reason === null || transfer.reason === '' ? [] : [{ label: c('fields.reason'), value: <span className="whitespace-pre-line break-words">{transfer.reason}</span> }]),
    { label: t('askedBy'), value: <>{transfer.requestedByName ?? t('branchClosed')}<span className="block text-note text-ink-muted"><Moment value={transfer.createdAt} /></span></> },
    ...(open ? [] : [{ label: t('decidedBy'), value: <>{transfer.decidedByName ?? '–'}<span className="block text-note text-ink-muted"><Moment value={transfer.decidedAt} /></span></> }]),
    ...(transfer.decisionNote === null ? [] : [{ label: t('note'), value: <span className="whitespace-pre-line break-words">{transfer.decisionNote}</span> }]),
  ];
  return (
    <SidePanel open onOpenChange={onClose} title={member?.name ?? t('gone')} meta={<StateMark kind="transfer" value={transfer.status} />}>
      <KeyValue items={facts} />
      {open ? <WhatMoves across={transfer.fromBranchId !== transfer.toBranchId} className="mt-6" /> : null}
      {transfer.mayDecide ? <DecideTransfer transfer={transfer} onDone={done} /> : null}
      {open && !transfer.mayDecide ? <p className="mt-6 text-ink-muted">{t('waitsFor', { branch: transfer.toBranchName })}</p> : null}
      {transfer.mayWithdraw ? (
        <div className="mt-6 border-t pt-4">
          <Button variant="ghost" icon={<Undo2 />} loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: transfer.id })}>{t('withdraw')}</Button>
        </div>
      ) : null}
    </SidePanel>
  );
}

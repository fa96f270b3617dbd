'use client';
import { Button, Dialog, EmptyState, Menu, Status, toast } from '@interdomestik/ui';
import { Plus, ShieldCheck } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DocumentDrop } from '~/components/document-drop';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';
import { kindOf, type Policy } from './policy';
import { PolicyForm } from './policy-form';

type Open = { readonly what: 'form'; readonly policy: Policy | null } | { readonly what: 'remove' | 'papers'; readonly policy: Policy } | null;

/** The policies that a member keeps here, with when each ends. */
export function PolicyList({ policies, papers }: { policies: readonly Policy[]; papers: Outputs['documents']['mine'] }) {
  const t = useTranslations('member.policies');
  const common = useTranslations('common');
  const show = useShow();
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const close = () => {
    setOpen(null);
    router.refresh();
  };
  const remove = trpc.policies.remove.useMutation({ onSuccess: () => { toast.success(t('removed')); close(); } });
  const add = <Button icon={<Plus />} onClick={() => setOpen({ what: 'form', policy: null })}>{t('add')}</Button>;
  const chosen = open?.policy ?? null;
  return (
    <>
      {policies.length === 0 ? <EmptyState icon={<ShieldCheck />} title={t('emptyTitle')} action={add}>{t('emptyText')}</EmptyState> : (
        <>
          <ul className="divide-y divide-line rounded-card border bg-raised">
            {policies.map((policy) => {
              const over = policy.endsOn !== null && policy.endsOn < show.today;
              const count = papers.filter(({ entityId }) => entityId === policy.id).length;
              return (
                <li key={policy.id} className="flex items-start gap-3 py-3 pr-2 pl-4 sm:pl-5">
                  <div className="min-w-0 flex-1">
                    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                      {/* i18n-keys: common.policyKinds.*, common.statuses.policy.* */}
                      <span className="font-semibold">{common(`policyKinds.${kindOf(policy.kind)}`)}</span>
                      {policy.endsOn === null ? null : <Status tone={over ? 'neutral' : 'success'}>{common(over ? 'statuses.policy.expired' : 'statuses.policy.active')}</Status>}
                    </p>
                    <p className="text-note text-ink-muted">{policy.insurer} · <span className="figures">{policy.policyNumber}</span></p>
                    {policy.startsOn === null || policy.endsOn === null ? null : <p className="figures text-note text-ink-muted">{common('dates.range', { start: show.day(policy.startsOn), end: show.day(policy.endsOn) })}</p>}
                    <Button variant="ghost" size="small" className="mt-1 -ml-3" onClick={() => setOpen({ what: 'papers', policy })}>{count === 0 ? t('addPaper') : common('units.document', { count })}</Button>
                  </div>
                  <Menu
                    items={[
                      { label: common('actions.edit'), onSelect: () => setOpen({ what: 'form', policy }) },
                      { label: common('actions.remove'), danger: true, onSelect: () => setOpen({ what: 'remove', policy }) },
                    ]}
                  />
                </li>
              );
            })}
          </ul>
          <div className="mt-4">{add}</div>
        </>
      )}
      <Dialog open={open?.what === 'form'} onOpenChange={() => setOpen(null)} title={chosen === null ? t('add') : common('actions.edit')}>
        <PolicyForm policy={chosen} done={close} />
      </Dialog>
      <Dialog open={open?.what === 'papers'} onOpenChange={close} title={common('nav.documents')}>
        {chosen === null ? null : <DocumentDrop entity="policy" entityId={chosen.id} kind="contract" papers={papers.filter(({ entityId }) => entityId === chosen.id)} />}
      </Dialog>
      <Dialog
        open={open?.what === 'remove'}
        onOpenChange={() => setOpen(null)}
        title={t('removeTitle')}
        description={chosen === null ? undefined : `${chosen.insurer} · ${chosen.policyNumber}`}
        footer={
          <>
            <Button variant="danger" loading={remove.isPending} onClick={() => { if (chosen !== null) remove.mutate({ id: chosen.id }); }}>{common('actions.remove')}</Button>
            <Button variant="secondary" onClick={() => setOpen(null)}>{common('actions.cancel')}</Button>
          </>
        }
      />
    </>
  );
}

'use client';
import { Button, Card, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { DocumentDrop } from '~/components/document-drop';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

/** What the member agrees to before we speak with the other side: the success fee, and the signed agreement. */
export function Agreement({ claim }: { claim: Outputs['claims']['get'] }) {
  const t = useTranslations('member.claims');
  const show = useShow();
  const router = useRouter();
  const agree = trpc.claims.agree.useMutation({ onSuccess: () => router.refresh() });
  const { agreement, plan } = claim;
  if (plan === null || plan.successFeeBp === null) return null;
  return (
    <Card title={t('agreementTitle')}>
      <p>{t('agreementText', { percent: show.percent(plan.successFeeBp) })}</p>
      <div className="mt-4">
        {agreement.feeAuthorisedAt === null ? (
          <Button variant={claim.status === 'evaluation' ? 'primary' : 'secondary'} loading={agree.isPending && agree.variables.to === 'fee'} onClick={() => agree.mutate({ id: claim.id, to: 'fee' })}>{t('agreeFee')}</Button>
        ) : <Status tone="success">{t('feeAgreed', { date: show.dayOf(agreement.feeAuthorisedAt) })}</Status>}
      </div>
      {plan.capBp === null ? null : (
        <div className="mt-5 border-t pt-4">
          <p>{t('capText', { percent: show.percent(plan.capBp) })}</p>
          <div className="mt-3">
            {agreement.legalCapAcceptedAt === null ? (
              <Button variant="secondary" loading={agree.isPending && agree.variables.to === 'legalCap'} onClick={() => agree.mutate({ id: claim.id, to: 'legalCap' })}>{t('agreeCap')}</Button>
            ) : <Status tone="success">{t('capAgreed', { date: show.dayOf(agreement.legalCapAcceptedAt) })}</Status>}
          </div>
        </div>
      )}
      <p className="mt-5 border-t pt-4 mb-2 font-semibold">{t('signedTitle')}</p>
      <p className="mb-3 text-note text-ink-muted">{t('signedHelp')}</p>
      <DocumentDrop entity="claim" entityId={claim.id} kind="agreement" papers={claim.documents.filter(({ kind }) => kind === 'agreement')} />
    </Card>
  );
}

'use client';
import { ButtonLink, ErrorState, SidePanel, SkeletonText } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { Code } from '../../_parts/values';
import { MemberStory } from './member-story';

interface MemberPanelProps {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly plans: Readonly<Record<string, string>>;
  readonly claimsInFull: boolean;
  readonly audit: boolean;
  /** May give money back. */
  readonly refunds: boolean;
  readonly rules: boolean;
}

/** One member beside the list. */
export function MemberPanel({ id, onClose, plans, claimsInFull, audit, refunds, rules }: MemberPanelProps) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const member = trpc.members.get.useQuery({ id: id ?? '' }, { enabled: id !== null });
  const data = id === null ? undefined : member.data;
  return (
    <SidePanel
      open={id !== null}
      onOpenChange={onClose}
      width="wide"
      beside
      title={data === undefined ? c('nouns.member') : `${data.firstName} ${data.lastName}`}
      meta={data === undefined ? undefined : <><Code value={data.memberNumber} /><span>{data.branchName}</span></>}
      actions={id === null ? undefined : <ButtonLink size="small" variant="secondary" href={`/members/${id}`}>{t('openPage')}</ButtonLink>}
    >
      {member.isError ? <ErrorState title={t('notShown')} onRetry={() => void member.refetch()} retrying={member.isFetching}>{errorText(member.error)}</ErrorState> : null}
      {id !== null && member.isPending ? <SkeletonText lines={8} label={c('uiWords.loading')} /> : null}
      {data === undefined ? null : <MemberStory member={data} plans={plans} claimsInFull={claimsInFull} audit={audit} refunds={refunds} rules={rules} />}
    </SidePanel>
  );
}

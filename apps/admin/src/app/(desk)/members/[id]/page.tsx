import { Card, PageHead, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { planTitles } from '../../../_parts/plan-titles';
import { idOf } from '../../../_parts/query';
import { MemberStory } from '../member-story';
import { AskErasure } from './ask-erasure';
import { EditContact } from './edit-contact';
import { OpenTransfer } from './open-transfer';
import { SellAtDesk } from './sell-at-desk';
import { TransferMember } from './transfer-member';

interface MemberPageProps {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nouns'))('member') };
}

export default async function MemberPage({ params }: MemberPageProps) {
  const me = await viewer('members.read');
  const [{ id }, api, c, plans] = await Promise.all([params, caller(), getTranslations('common.nav'), planTitles(me)]);
  const [member, transfers] = await Promise.all([
    needed(api.members.get({ id })), me.can('transfers.read') && idOf(id) !== undefined ? needed(api.transfers.list({ filters: { memberId: id, status: 'requested' } })) : null,
  ]);
  const [pending] = transfers?.items ?? [];
  const { reach } = me;
  const mayAsk = pending === undefined && me.can('transfers.request') && (reach === 'tenant' || reach === 'branch' || reach === 'own');
  return (
    <>
      <PageHead
        back={<TextLink kind="standalone" href="/members"><ArrowLeft aria-hidden="true" />{c('members')}</TextLink>}
        title={`${member.firstName} ${member.lastName}`}
        meta={<><span className="figures">{member.memberNumber}</span><span>{member.branchName}</span></>}
        actions={
          <>
            {me.can('cash.collect') && member.status !== 'disabled' ? <><SellAtDesk memberId={member.id} kind="renewal" /><SellAtDesk memberId={member.id} kind="upgrade" /></> : null}
            {mayAsk && member.branchId !== null ? <TransferMember memberId={member.id} branchId={member.branchId} reach={reach} /> : null}
            {me.can('members.write') ? <EditContact member={member} /> : null}
            {me.can('members.write') && member.status !== 'disabled' ? <AskErasure memberId={member.id} name={`${member.firstName} ${member.lastName}`} /> : null}
          </>
        }
      />
      {pending === undefined ? null : <OpenTransfer transfer={pending} />}
      <Card className="max-w-4xl"><MemberStory member={member} plans={plans} claimsInFull={me.can('claims.read')} audit={me.can('audit.read')} refunds={me.can('payments.refund')} rules={me.can('settings.read')} /></Card>
    </>
  );
}

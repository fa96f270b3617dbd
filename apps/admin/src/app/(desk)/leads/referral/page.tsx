import { Card, PageHead, Stat, StatRow } from '@interdomestik/ui';
import Image from 'next/image';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { CopyText } from '../../../_parts/copy-text';
import { ShareLink } from '../../../_parts/share-link';
import { LeadTabs } from '../lead-tabs';

export async function generateMetadata() {
  const t = await getTranslations('admin.leads');
  return { title: t('referralTab') };
}

/** The own referral code to show and send, and what came of it: counts, never names. */
export default async function ReferralPage() {
  const me = await viewer('referrals.read');
  // a super admin inside has no code of this tenant
  if (me.kind !== 'user') notFound();
  const [referral, t, c] = await Promise.all([needed((await caller()).leads.myReferral()), getTranslations('admin.leads'), getTranslations('common')]);
  return (
    <>
      <PageHead title={t('referralTitle')} meta={t('referralHelp')} />
      <LeadTabs current="referral" />
      <StatRow>
        <Stat label={t('countLeads')} value={referral.counts.leads} href="/leads?source=referral" />
        <Stat label={t('countJoined')} value={referral.counts.joined} />
        <Stat label={t('countActive')} value={referral.counts.active} />
      </StatRow>
      <p className="mt-2 text-note text-ink-muted">{t('countsHelp')}</p>
      <Card className="mt-6 max-w-3xl">
        <div className="grid gap-6 sm:grid-cols-[auto_1fr]">
          <div>
            {/* white in the dark theme too: a scanner needs the contrast */}
            <Image unoptimized src={`data:image/svg+xml;utf8,${encodeURIComponent(referral.qrSvg)}`} alt={t('qrLabel')} width={208} height={208} className="rounded-control border bg-[#ffffff] p-3" />
          </div>
          <div className="min-w-0">
            <p className="text-note text-ink-muted">{c('fields.referralCode')}</p>
            <p className="figures text-2xl font-bold tracking-wide">{referral.code}</p>
            <p className="mt-4 text-note text-ink-muted">{t('referralLink')}</p>
            <p className="break-all">{referral.link}</p>
            <div className="mt-3 flex flex-wrap gap-2"><ShareLink url={referral.link} text={t('shareText', { tenant: me.tenant.name })} label={t('share')} /><CopyText text={referral.link} label={c('actions.copyLink')} /></div>
            <p className="mt-4 text-note text-ink-muted">{t('qrHelp')}</p>
          </div>
        </div>
      </Card>
    </>
  );
}

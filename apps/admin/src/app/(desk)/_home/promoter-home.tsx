import { ButtonLink, Card, PageHead, Section, Stat, StatRow, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import type { Viewer } from '@/server/viewer';
import { CopyText } from '../../_parts/copy-text';
import { ShareLink } from '../../_parts/share-link';
import { formatsOf } from '../../_parts/formats';
import { requestContext } from '@/server/context';
import { NewestLeads } from './open-leads';

/** The day of a promoter: the own code to show and send, the own leads, and counts without names. */
export async function PromoterHome({ viewer: me }: { viewer: Viewer }) {
  const [api, t, l, c, { locale }] = await Promise.all([caller(), getTranslations('admin.home'), getTranslations('admin.leads'), getTranslations('common'), requestContext()]);
  const [referral, leads, sales] = await Promise.all([needed(api.leads.myReferral()), needed(api.leads.list({ limit: 8 })), needed(api.commissions.own({}))]);
  const formats = formatsOf(locale, me.tenant.timeZone);
  const qr = `data:image/svg+xml;utf8,${encodeURIComponent(referral.qrSvg)}`;
  return (
    <>
      <PageHead title={t('hello', { name: me.firstName })} actions={<ButtonLink href="/leads?new=1">{t('newLead')}</ButtonLink>} />
      <StatRow>
        <Stat label={c('nav.leads')} value={referral.counts.leads} href="/leads" />
        <Stat label={t('joinedByCode')} value={referral.counts.joined} />
        <Stat label={t('activeByCode')} value={referral.counts.active} />
        <Stat label={t('expectedThisMonth')} value={formats.sums(sales.expected)} href="/commissions" />
      </StatRow>
      <div className="mt-6 grid gap-6 lg:grid-cols-[20rem_1fr]">
        <Card title={t('myCode')} className="self-start">
          {/* eslint-disable-next-line nextjs/no-img-element -- a drawing inside the page itself; white in the dark theme too, for scanners */}
          <img src={qr} alt={t('qrLabel')} width={176} height={176} className="rounded-control bg-[#ffffff] p-3" />
          <p className="figures mt-4 text-xl font-bold tracking-wide">{referral.code}</p>
          <p className="mt-1 text-note break-all text-ink-muted">{referral.link}</p>
          <div className="mt-3 flex flex-wrap gap-2"><ShareLink url={referral.link} text={l('shareText', { tenant: me.tenant.name })} label={l('share')} /><CopyText text={referral.link} label={c('actions.copyLink')} /></div>
        </Card>
        <Section title={c('nav.leads')} action={<TextLink kind="standalone" href="/leads">{t('allLeads')}</TextLink>}><NewestLeads leads={leads.items} /></Section>
      </div>
    </>
  );
}

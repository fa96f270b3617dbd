import { Card, KeyValue, Notice, PageHead, Section, Status, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { nextStepOf } from '~/lib/claim-next';
import { claimLook, isClosedStatus } from '~/lib/tones';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { viewer } from '~/server/viewer';
import { Agreement } from './agreement';
import { ClaimDocuments } from './claim-documents';
import { ClaimStory } from './claim-story';

// i18n-keys: common.claimCategories.*, common.statuses.claim.*, common.rejectReasons.*, member.claims.next.*
const claimOf = cache(async (id: string) => {
  await viewer('claims.read');
  return await needed((await caller()).claims.get({ id }));
});

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const claim = await claimOf((await params).id);
  return { title: claim.code ?? (await getTranslations('common.nouns'))('claim') };
}

export default async function Claim({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Promise<{ sent?: string }> }) {
  const [{ id }, { sent }] = await Promise.all([params, searchParams]);
  const claim = await claimOf(id);
  if (claim.status === 'draft') redirect(`/claims/${id}/edit`);
  const t = await getTranslations('member.claims');
  const [common, f] = await Promise.all([getTranslations('common'), show()]);
  const { agreement, guidanceOnly } = claim;
  const agreementMissing = !guidanceOnly && claim.plan?.successFeeBp != null && (!agreement.signed || agreement.feeAuthorisedAt === null);
  const next = nextStepOf({ status: claim.status, packComplete: claim.packComplete, agreementMissing, guidanceOnly });
  const closed = isClosedStatus(claim.status);
  // whose turn it is at the office: when the member hears from us, and why then
  const { deadline } = claim;
  const due = deadline?.dueAt == null ? null : f.moment(deadline.dueAt);
  const hear = next.who !== 'us' || deadline === null ? null
    : due === null ? t('hear.open')
    : claim.overdue ? t('hear.late', { due })
    : t(deadline.by === 'stage' ? 'hear.stage' : 'hear.triage', { due, hours: deadline.hours ?? 0 });
  // before that nobody knows whether there is anything to agree on
  const agreeing = !guidanceOnly && ['evaluation', 'negotiation', 'court'].includes(claim.status);
  return (
    <>
      <PageHead
        back={<TextLink kind="standalone" href="/claims"><ArrowLeft aria-hidden="true" />{common('nav.claims')}</TextLink>}
        title={common(`claimCategories.${claim.category}`)}
        meta={
          <>
            <Status {...claimLook[claim.status]}>{common(`statuses.claim.${claim.status}`)}</Status>
            <span className="figures">{claim.code}</span>
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          <div className="space-y-4">
            {sent === undefined ? null : <Notice tone="success" live title={t('sentTitle')}>{t('sentText', { number: claim.code ?? '' })}</Notice>}
            <Notice
              tone={next.who === 'you' ? 'warning' : next.key === 'resolved' ? 'success' : 'info'}
              title={next.who === 'you' ? t('who.you') : next.who === 'us' ? t('who.us') : t('who.nobody')}
            >
              <p>{t(`next.${next.key}`)}</p>
              {hear === null ? null : <p className="mt-1 text-note">{hear}</p>}
              {claim.rejectReason === null ? null : <p className="mt-1">{common(`rejectReasons.${claim.rejectReason}`)}.</p>}
            </Notice>
          </div>
          {agreeing ? <Agreement claim={claim} /> : null}
          <ClaimDocuments claim={claim} closed={closed} />
          <Section title={t('storyTitle')}><ClaimStory events={claim.events} /></Section>
        </div>
        <Card title={t('aboutTitle')} className="self-start">
          {/* i18n-keys: common.rejectReasons.* */}
          <KeyValue
            stacked
            items={[
              { label: common('fields.incidentOn'), value: <span className="figures">{claim.incidentOn === null ? '–' : f.day(claim.incidentOn)}</span> },
              { label: common('fields.counterparty'), value: claim.counterparty },
              ...(claim.claimed === null ? [] : [{ label: common('fields.amountClaimed'), value: <span className="figures">{f.money(claim.claimed)}</span> }]),
              ...(claim.recovered === null ? [] : [{ label: t('recovered'), value: <span className="figures">{f.money(claim.recovered)}</span> }]),
              ...(claim.fee === null ? [] : [{ label: t('fee'), value: <span className="figures">{f.money(claim.fee)}</span> }]),
              ...(claim.submittedAt === null ? [] : [{ label: t('submittedAt'), value: <span className="figures">{f.dayOf(claim.submittedAt)}</span> }]),
              { label: common('fields.description'), value: <span className="whitespace-pre-line">{claim.description}</span> },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

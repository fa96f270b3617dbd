'use client';
import { formatPhone } from '@interdomestik/rules/people';
import { KeyValue, Notice, Section, Tabs, TextLink, Timeline, type KeyValueItem, type TimelineItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { RecordLine, RecordLines } from '../../_parts/record-lines';
import { StateMark } from '../../_parts/state-mark';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import { Moment, Sum } from '../../_parts/values';
import { AssignHandler } from './assign-handler';
import { WhyPopover } from './why-popover';

type Claim = Outputs['claims']['get'];

/** The story of a claim for those who handle it: what happened, papers, money, what was agreed, every step. */
export function ClaimStory({ claim, handles, seesRules }: { claim: Claim; handles: boolean; seesRules: boolean }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  return (
    <div className="space-y-5">
      <Waiting claim={claim} seesRules={seesRules} />
      <Tabs
        label={t('parts')}
        items={[
          { value: 'claim', label: c('nouns.claim'), content: <Facts claim={claim} handles={handles} seesRules={seesRules} /> },
          { value: 'papers', label: c('nav.documents'), count: claim.documents.length, content: <Papers claim={claim} /> },
          { value: 'story', label: t('story'), count: claim.events.length, content: <Story claim={claim} seesRules={seesRules} /> },
        ]}
      />
    </div>
  );
}

/** What stands in the way or is running late. */
/** Until when the present stage must be left, how much working time that is, and why. */
function Deadline({ deadline, overdue, seesRules }: { deadline: NonNullable<Claim['deadline']>; overdue: boolean; seesRules: boolean }) {
  const t = useTranslations('admin.claims');
  const formats = useFormats();
  const { dueAt, minutesLeft, route, why } = deadline;
  if (dueAt === null || minutesLeft === null) return null;
  const hours = Math.floor(Math.abs(minutesLeft) / 60);
  return (
    <Notice tone={overdue ? 'danger' : 'info'}>
      <span className="flex items-start justify-between gap-2">
        <span>
          {t(overdue ? 'dueWas' : 'dueIs', { time: formats.moment(dueAt), hours })}
          {route === null ? null : <span className="block text-note text-ink-muted">{t('route', { name: route })}</span>}
        </span>
        <WhyPopover why={why} title={t('why.deadline')} kind="workflows" seesRules={seesRules} />
      </span>
    </Notice>
  );
}

function Waiting({ claim, seesRules }: { claim: Claim; seesRules: boolean }) {
  const t = useTranslations('admin.claims');
  const word = useWord();
  return (
    <>
      {claim.status === 'rejected' && claim.rejectReason !== null ? <Notice tone="neutral" title={t('rejectedFor')}>{word('rejectReasons', claim.rejectReason)}</Notice> : null}
      {claim.missingDocuments.length > 0 && claim.status !== 'rejected' && claim.status !== 'resolved'
        ? <Notice tone="warning" title={t('missing')}>{claim.missingDocuments.map((kind) => word('documentKinds', kind)).join(', ')}. {t('clockStands')}</Notice>
        : null}
      {claim.deadline === null ? null : <Deadline deadline={claim.deadline} overdue={claim.overdue} seesRules={seesRules} />}
      {claim.guidanceOnly ? <Notice tone="info">{t('guidanceOnly')}</Notice> : null}
    </>
  );
}

function Facts({ claim, handles, seesRules }: { claim: Claim; handles: boolean; seesRules: boolean }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const { member, agreement } = claim;
  const items: KeyValueItem[] = [
    { label: t('handler'), value: handles ? <AssignHandler claim={claim} /> : (claim.handlerName ?? t('nobody')) },
    { label: c('fields.category'), value: word('claimCategories', claim.category) },
    { label: c('fields.incidentOn'), value: claim.incidentOn === null ? '–' : formats.day(claim.incidentOn) },
    { label: c('fields.counterparty'), value: claim.counterparty === '' ? '–' : claim.counterparty },
    { label: c('fields.amountClaimed'), value: claim.claimed === null ? '–' : <Sum value={claim.claimed} /> },
    ...(claim.recovered === null ? [] : [{ label: t('recovered'), value: <Sum value={claim.recovered} strong tone="good" /> }]),
    ...(claim.fee === null ? [] : [{ label: t('fee'), value: <span className="flex items-center gap-1"><Sum value={claim.fee} /><WhyPopover why={claim.feeWhy} title={t('why.fee')} kind="products" seesRules={seesRules} /></span> }]),
    ...(claim.noFeeReason === null ? [] : [{ label: t('noFeeReason'), value: claim.noFeeReason }]),
    { label: c('fields.member'), value: [member.name, member.memberNumber].filter(Boolean).join(', ') },
    { label: c('fields.phone'), value: member.phone === null ? '–' : <TextLink href={`tel:${member.phone}`}>{formatPhone(member.phone)}</TextLink> },
    { label: c('fields.email'), value: member.email === null ? '–' : <TextLink href={`mailto:${member.email}`}>{member.email}</TextLink> },
  ];
  const agreed: KeyValueItem[] = [
    { label: t('agreementSigned'), value: agreement.signed ? c('ui.yes') : c('ui.no') },
    { label: t('feeAuthorised'), value: agreement.feeAuthorisedAt === null ? c('ui.no') : <Moment value={agreement.feeAuthorisedAt} /> },
    { label: t('legalCap'), value: agreement.legalCapAcceptedAt === null ? c('ui.no') : <Moment value={agreement.legalCapAcceptedAt} /> },
    ...(claim.plan?.successFeeBp == null ? [] : [{ label: t('feeRate'), value: formats.percent(claim.plan.successFeeBp) }]),
  ];
  return (
    <div className="space-y-6">
      {claim.description === '' ? null : <Section level={3} title={t('whatHappened')}><p className="max-w-prose whitespace-pre-line">{claim.description}</p></Section>}
      <KeyValue items={items} />
      {claim.guidanceOnly ? null : <Section level={3} title={t('agreed')}><KeyValue items={agreed} /></Section>}
    </div>
  );
}

function Papers({ claim }: { claim: Claim }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  return (
    <RecordLines title={c('nav.documents')} hideTitle empty={t('noPapers')}>
      {claim.documents.map((paper) => (
        <RecordLine
          key={paper.id}
          title={paper.status === 'stored' ? <a href={`/api/documents/${paper.id}`} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-3">{paper.fileName}</a> : paper.fileName}
          note={[paper.kind === null ? null : word('documentKinds', paper.kind), formats.moment(paper.createdAt)].filter(Boolean).join(' · ')}
          status={<StateMark kind="document" value={paper.status} look="plain" />}
        />
      ))}
    </RecordLines>
  );
}

const tones: Readonly<Record<string, TimelineItem['tone']>> = { resolved: 'success', rejected: 'danger', court: 'accent', negotiation: 'accent' };

function Story({ claim, seesRules }: { claim: Claim; seesRules: boolean }) {
  const t = useTranslations('admin.claims');
  const word = useWord();
  const titles: Readonly<Record<string, string>> = { created: t('event.created'), assigned: t('event.assigned'), note: t('event.note'), reminded: t('event.reminded') };
  const titleOf = ({ kind, toStatus, note }: Claim['events'][number]): string => {
    if (toStatus !== null) return word('statuses.claim', toStatus);
    if (kind === 'escalated') return t(note === 'tenant_admin' ? 'event.toAdmin' : 'event.toManager');
    return titles[kind] ?? t('event.other');
  };
  // what the watch of deadlines notes down is who was told, which the title says
  const noteOf = ({ kind, note }: Claim['events'][number]): string | null => (kind === 'reminded' || kind === 'escalated' ? null : note);
  const items = claim.events.map((event): TimelineItem => ({
    id: event.id,
    title: <span className="flex items-center gap-1">{titleOf(event)}<WhyPopover why={event.why} title={t('why.step')} kind="workflows" seesRules={seesRules} /></span>,
    time: <Moment value={event.createdAt} />,
    by: event.by === 'system' ? t('bySystem') : (event.actorName ?? (event.by === 'member' ? t('byMember') : undefined)),
    tone: tones[event.toStatus ?? ''],
    children: noteOf(event) === null ? undefined : (
      <>
        <p className="max-w-prose whitespace-pre-line">{noteOf(event)}</p>
        <p className="text-note text-ink-muted">{event.visibleToMember ? t('seenByMember') : t('notSeenByMember')}</p>
      </>
    ),
  }));
  return <Timeline items={items} />;
}

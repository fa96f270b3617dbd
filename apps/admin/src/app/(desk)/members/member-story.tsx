'use client';
import { formatPhone } from '@interdomestik/rules/people';
import { KeyValue, Notice, Tabs, TextLink, type KeyValueItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { RecordLine, RecordLines } from '../../_parts/record-lines';
import { StateMark } from '../../_parts/state-mark';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import { Day, Sum } from '../../_parts/values';
import { MemberInstalments } from './member-instalments';
import { MembershipSteps } from './membership-steps';
import { MemberTimeline } from './member-timeline';
import { PauseMembership } from './pause-membership';
import { RefundMembership } from './refund-membership';
import { WhyPrice } from './why-price';

export type MemberDetails = Outputs['members']['get'];

interface MemberStoryProps {
  readonly member: MemberDetails;
  readonly plans: Readonly<Record<string, string>>;
  /** False: claims show their stage only. */
  readonly claimsInFull: boolean;
  /** May read who changed what. */
  readonly audit: boolean;
  /** May give money back. */
  readonly refunds: boolean;
  /** May read the price list that a price came from. */
  readonly rules: boolean;
}

/** Everything that hangs on one member: who, memberships, money, claims, papers, what happened when. */
export function MemberStory({ member, plans, claimsInFull, audit, refunds, rules }: MemberStoryProps) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const current = member.memberships[0];
  const none = <span className="text-ink-muted">–</span>;
  const facts: KeyValueItem[] = [
    { label: c('fields.phone'), value: member.phone === null ? none : <TextLink href={`tel:${member.phone}`}>{formatPhone(member.phone)}</TextLink> },
    { label: c('fields.email'), value: member.email === null ? none : <><TextLink href={`mailto:${member.email}`}>{member.email}</TextLink>{member.emailVerified ? null : <span className="text-ink-muted"> ({t('unverified')})</span>}</> },
    { label: c('fields.personalNumber'), value: member.personalNumber ?? none },
    { label: c('fields.birthDate'), value: member.birthDate === null ? none : formats.day(member.birthDate) },
    { label: c('fields.address'), value: [member.address, member.city].filter(Boolean).join(', ') || none },
    { label: c('fields.language'), value: word('languages', member.locale) },
    { label: c('fields.branch'), value: member.branchName },
    { label: c('fields.agent'), value: member.agentName ?? none },
    { label: c('fields.createdAt'), value: formats.dayOf(member.createdAt) },
  ];
  return (
    <div className="space-y-6">
      {current === undefined ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-sunken px-4 py-3">
          <StateMark kind="membership" value={current.status} />
          <span className="font-semibold">{plans[current.planCode] ?? current.planCode}</span>
          {current.startsOn !== null && current.endsOn !== null ? <span className="figures text-ink-muted">{c('dates.range', { start: formats.day(current.startsOn), end: formats.lastDay(current.endsOn) })}</span> : null}
        </div>
      )}
      {member.status === 'disabled' ? <Notice tone="warning">{t('disabled')}</Notice> : null}
      <Tabs
        label={t('parts')}
        items={[
          { value: 'person', label: t('person'), content: <KeyValue items={facts} /> },
          { value: 'money', label: t('money'), count: member.payments.length, content: <Money member={member} plans={plans} refunds={refunds} rules={rules} /> },
          { value: 'claims', label: c('nav.claims'), count: member.claims.length, content: <Claims member={member} inFull={claimsInFull} /> },
          ...(claimsInFull ? [{ value: 'papers', label: c('nav.documents'), count: member.documents.length, content: <Papers member={member} /> }] : []),
          { value: 'timeline', label: t('timeline'), content: <MemberTimeline member={member} plans={plans} audit={audit} /> },
        ]}
      />
    </div>
  );
}

function Money({ member, plans, refunds, rules }: Pick<MemberStoryProps, 'member' | 'plans' | 'refunds' | 'rules'>) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  return (
    <div className="space-y-6">
      <RecordLines title={t('memberships')} empty={t('noMemberships')}>
        {member.memberships.map((row) => (
          <RecordLine
            key={row.id}
            title={plans[row.planCode] ?? row.planCode}
            note={<>{row.startsOn !== null && row.endsOn !== null ? c('dates.range', { start: formats.day(row.startsOn), end: formats.lastDay(row.endsOn) }) : formats.dayOf(row.createdAt)}{' · '}{word('channels', row.channel)}{row.price.minor === 0n ? null : <WhyPrice membershipId={row.id} rules={rules} />}<span className="mt-1 flex flex-wrap gap-2"><MembershipSteps membershipId={row.id} /><PauseMembership membershipId={row.id} />{refunds ? <RefundMembership membershipId={row.id} /> : null}</span></>}
            status={<StateMark kind="membership" value={row.status} look="plain" />}
            end={<Sum value={row.price} />}
          />
        ))}
      </RecordLines>
      <MemberInstalments memberId={member.id} />
      <RecordLines title={c('nav.payments')} empty={t('noPayments')}>
        {member.payments.map((row) => (
          <RecordLine
            key={row.id}
            title={word('paymentMethods', row.method)}
            note={formats.moment(row.paidAt ?? row.createdAt)}
            status={<StateMark kind="payment" value={row.status} look="plain" />}
            end={<><Sum value={row.amount} />{row.refunded.minor === 0n ? null : <span className="block text-note text-ink-muted">{t('refunded', { amount: formats.money(row.refunded) })}</span>}</>}
          />
        ))}
      </RecordLines>
      <RecordLines title={c('nav.invoices')} empty={t('noInvoices')}>
        {member.invoices.map((row) => (
          <RecordLine
            key={row.id}
            title={row.documentId === null ? row.code : <a href={`/api/documents/${row.documentId}`} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-3">{row.code}</a>}
            note={<Day value={row.issuedOn} />}
            status={<StateMark kind="invoice" value={row.status} look="plain" />}
            end={<Sum value={row.total} />}
          />
        ))}
      </RecordLines>
    </div>
  );
}

function Claims({ member, inFull }: { member: MemberDetails; inFull: boolean }) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  return (
    <RecordLines title={c('nav.claims')} hideTitle empty={t('noClaims')}>
      {member.claims.map((row) => (
        <RecordLine
          key={row.id}
          title={<TextLink href={`/claims?open=${row.id}`}>{row.code ?? t('draftClaim')}</TextLink>}
          note={[word('claimCategories', row.category), inFull ? row.counterparty : null, formats.dayOf(row.submittedAt ?? row.createdAt)].filter(Boolean).join(' · ')}
          status={<StateMark kind="claim" value={row.status} look="plain" />}
          end={row.claimed === null ? null : <Sum value={row.claimed} />}
        />
      ))}
    </RecordLines>
  );
}

function Papers({ member }: { member: MemberDetails }) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  return (
    <div className="space-y-6">
      <RecordLines title={c('nav.documents')} empty={t('noDocuments')}>
        {member.documents.map((row) => (
          <RecordLine
            key={row.id}
            title={row.status === 'stored' ? <a href={`/api/documents/${row.id}`} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-3">{row.fileName}</a> : row.fileName}
            note={formats.moment(row.createdAt)}
            status={<StateMark kind="document" value={row.status} look="plain" />}
          />
        ))}
      </RecordLines>
      <RecordLines title={c('nav.policies')} empty={t('noPolicies')}>
        {member.policies.map((row) => (
          <RecordLine key={row.id} title={`${row.insurer} ${row.policyNumber}`} note={word('policyKinds', row.kind)} end={row.endsOn === null ? null : c('dates.until', { date: formats.day(row.endsOn) })} />
        ))}
      </RecordLines>
    </div>
  );
}

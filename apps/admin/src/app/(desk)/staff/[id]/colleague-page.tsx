'use client';
import { Avatar, Badge, Card, KeyValue, Notice, PageHead, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { StateMark } from '../../../_parts/state-mark';
import { Access } from '../access';
import { fullName, mayChangeAccess, type ColleagueDetails, type StaffRights } from '../colleague';
import { Grants } from '../grants';
import { Roles } from '../roles';
import { useContactLines } from '../use-contact-lines';
import { History } from './history';

interface ColleaguePageProps {
  readonly back: ReactNode;
  readonly person: ColleagueDetails;
  readonly rights: StaffRights;
  /** The viewer opens pages of members. */
  readonly readsMembers: boolean;
}

/** The parts of a colleague's page: the person, the work, the access, and how it came to be. */
export function ColleaguePage({ back, person, rights, readsMembers }: ColleaguePageProps) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.fields');
  const lines = useContactLines(person);
  const { memberNumber, homeBranch } = person;
  const member = memberNumber === null ? [] : [{
    label: c('memberNumber'),
    value: readsMembers ? <TextLink href={`/members/${person.id}`} className="figures">{memberNumber}</TextLink> : <span className="figures">{memberNumber}</span>,
  }];
  return (
    <>
      <PageHead
        back={back}
        title={<span className="flex items-center gap-3"><Avatar name={fullName(person)} />{fullName(person)}{person.isSelf ? <Badge>{t('you')}</Badge> : null}</span>}
        meta={<StateMark kind="user" value={person.status} />}
      />
      {person.isSelf ? <Notice tone="neutral" className="mb-6 max-w-3xl">{t('ownHelp')}</Notice> : null}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-6">
          <Card><KeyValue items={[...lines, { label: t('homeBranch'), value: homeBranch ?? t('wholeCountry') }, ...member]} /></Card>
          <Card><Roles person={person} rights={rights} isMember={memberNumber !== null} /></Card>
          <Card><Grants person={person} rights={rights} /></Card>
          {mayChangeAccess(person, rights) ? <Card title={t('access')} level={3}><Access person={person} rights={rights} /></Card> : null}
        </div>
        <Card title={t('history')} level={3}><History id={person.id} /></Card>
      </div>
    </>
  );
}

'use client';
import { Avatar, Badge, Button, ButtonLink, DataTable, EmptyState, PageHead, SearchInput, Select, type DataColumn } from '@interdomestik/ui';
import { ShieldCheck, UserPlus, UsersRound } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging, useSearchText } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { DayOf } from '../../_parts/values';
import { fullName, type Colleague, type StaffRights } from './colleague';
import { InvitePanel } from './invite-panel';
import { StaffPanel } from './staff-panel';

/** Who works in reach; a row opens the colleague beside the list. */
export function Staff({ people, nextCursor, ...rights }: StaffRights & { people: readonly Colleague[]; nextCursor: string | null }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, nextCursor);
  const [text, setText] = useSearchText(url);
  const opened = people.find(({ id }) => id === url.opened);
  const invites = rights.mayInvite && rights.grantable.length > 0;
  const inviting = invites && url.get('new') !== '';
  const invite = invites ? <Button icon={<UserPlus />} onClick={() => url.go({ new: '1', open: null }, 'replace')}>{t('invite')}</Button> : undefined;
  const columns: readonly DataColumn<Colleague>[] = [
    {
      id: 'name', header: c('fields.name'), card: 'title',
      cell: (person) => <span className="flex items-center gap-2"><Avatar size="small" name={fullName(person)} /><span className="font-semibold">{fullName(person)}</span>{person.isSelf ? <Badge>{t('you')}</Badge> : null}</span>,
    },
    { id: 'roles', header: c('fields.role'), cell: (person) => [...new Set(person.roles.map(({ role }) => word('roles', role)))].join(', ') || '–' },
    { id: 'branch', header: c('fields.branch'), cell: (person) => [...new Set(person.roles.map(({ branchName }) => branchName ?? t('wholeCountry')))].join(', ') || '–' },
    { id: 'seen', header: t('lastSeen'), cell: (person) => (person.lastSeenAt === null ? <span className="text-ink-muted">{t('never')}</span> : <DayOf value={person.lastSeenAt} />), from: 'lg', width: '11rem' },
    { id: 'status', header: c('fields.status'), cell: (person) => <StateMark kind="user" value={person.status} look="plain" />, card: 'status', width: '8rem' },
  ];
  return (
    <>
      <PageHead title={c('nav.team')} meta={t('help')} actions={<>{rights.grantable.length > 0 ? <ButtonLink variant="secondary" href="/staff/permissions" icon={<ShieldCheck />}>{t('matrix.title')}</ButtonLink> : null}{invite}</>} />
      <DataTable
        label={c('nav.team')}
        columns={columns}
        rows={people}
        rowKey={(person) => person.id}
        rowLabel={fullName}
        onOpen={(person) => url.open(person.id)}
        openKey={url.opened}
        paging={paging}
        refreshing={url.pending}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full sm:w-64" />
            <Select
              aria-label={c('fields.role')} className="w-full sm:w-48" value={url.get('role')} onValueChange={(role) => url.filter({ role })}
              options={[{ value: '', label: t('allRoles') }, ...(['tenant_admin', 'branch_manager', 'agent', 'promoter'] as const).map((role) => ({ value: role, label: word('roles', role) }))]}
            />
            <Select
              aria-label={c('fields.status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })}
              options={[{ value: '', label: t('allStatuses') }, ...(['active', 'invited', 'disabled'] as const).map((status) => ({ value: status, label: word('statuses.user', status) }))]}
            />
            {rights.wholeTenant && rights.branches.length > 1 ? (
              <Select
                aria-label={c('fields.branch')} className="w-full sm:w-48" value={url.get('branch')} onValueChange={(branch) => url.filter({ branch })}
                options={[{ value: '', label: t('allBranches') }, ...rights.branches.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            ) : null}
          </>
        }
        empty={<EmptyState icon={<UsersRound />} title={t('emptyTitle')} action={invite}>{t('emptyHelp')}</EmptyState>}
      />
      {opened === undefined ? null : <StaffPanel key={opened.id} person={opened} rights={rights} onClose={() => url.open(null)} />}
      {inviting ? <InvitePanel rights={rights} onClose={() => url.go({ new: null }, 'replace')} /> : null}
    </>
  );
}

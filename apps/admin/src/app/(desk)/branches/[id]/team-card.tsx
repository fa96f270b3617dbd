import { Avatar, Card, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { Outputs } from '@/trpc/outputs';

/** Who works in the branch and as what; each name leads to the person. */
export async function TeamCard({ people, branchId }: { people: Outputs['staff']['list']['items']; branchId: string }) {
  const [t, r] = await Promise.all([getTranslations('admin.branches'), getTranslations('common.roles')]);
  // i18n-keys: common.roles.*
  const rolesOf = (person: (typeof people)[number]) => person.roles.filter((one) => one.branchId === branchId).map(({ role }) => r(role)).join(', ');
  return (
    <Card title={<>{t('team')} <span className="figures font-normal text-ink-muted">{people.length}</span></>} action={<TextLink kind="standalone" href={`/staff?branch=${branchId}`}>{t('wholeTeam')}</TextLink>}>
      {people.length === 0 ? <p className="text-ink-muted">{t('noTeam')}</p> : (
        <ul className="divide-y divide-line">
          {people.map((person) => {
            const name = `${person.firstName} ${person.lastName}`.trim();
            return (
              <li key={person.id} className="flex min-h-control items-center gap-3 py-1.5">
                <Avatar size="small" name={name} />
                <span className="min-w-0"><TextLink href={`/staff/${person.id}`}>{name}</TextLink><span className="block text-note text-ink-muted">{rolesOf(person)}</span></span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

'use client';
import { ButtonLink, KeyValue, Notice, SidePanel } from '@interdomestik/ui';
import { ArrowRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../_parts/state-mark';
import { Access } from './access';
import { fullName, mayChangeAccess, type Colleague, type StaffRights } from './colleague';
import { Grants } from './grants';
import { Roles } from './roles';
import { useContactLines } from './use-contact-lines';

/** A colleague beside the list: how to reach them, their roles, and what may be done about their access. */
export function StaffPanel({ person, rights, onClose }: { person: Colleague; rights: StaffRights; onClose: () => void }) {
  const t = useTranslations('admin.staff');
  const lines = useContactLines(person);
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={fullName(person)}
      meta={<StateMark kind="user" value={person.status} />}
      footer={<ButtonLink href={`/staff/${person.id}`} variant="secondary" icon={<ArrowRight />}>{t('openPage')}</ButtonLink>}
    >
      {person.isSelf ? <Notice tone="neutral" className="mb-4">{t('ownHelp')}</Notice> : null}
      <KeyValue items={lines} />
      <Roles person={person} rights={rights} className="mt-6" />
      <Grants person={person} rights={rights} className="mt-6" />
      {mayChangeAccess(person, rights) ? <Access person={person} rights={rights} className="mt-8 border-t pt-4" onEnded={onClose} /> : null}
    </SidePanel>
  );
}

'use client';
import { StaffShell, UserMenu } from '@interdomestik/ui';
import { CircleUserRound, Globe, KeyRound, ScrollText, UsersRound } from '@interdomestik/ui/icons';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { EntryBanner } from '../_shell/entry-banner';
import { useUserItems } from '../_shell/use-user-items';

interface PlatformFrameProps {
  readonly name: string;
  /** The stay inside a tenant, which may run while the console is open; null while outside. */
  readonly entry: { readonly tenant: string; readonly reason: string; readonly expiresAt: Date } | null;
  readonly children: ReactNode;
}

/** The frame of the super admins' console, outside every tenant. */
export function PlatformFrame({ name, entry, children }: PlatformFrameProps) {
  const path = usePathname();
  const t = useTranslations('admin.platform');
  const s = useTranslations('admin.superAdmins');
  const c = useTranslations('common');
  const items = useUserItems(false);
  return (
    <StaffShell
      tenant={{ name: c('brand'), country: '' }}
      homeHref="/platform"
      branch={c('roles.super_admin')}
      path={path}
      nav={[{
        items: [
          { href: '/platform', label: c('nav.tenants'), icon: <Globe /> },
          { href: '/platform/entries', label: t('entries'), icon: <KeyRound /> },
          { href: '/platform/people', label: s('inNav'), icon: <UsersRound /> },
          { href: '/platform/log', label: s('trailInNav'), icon: <ScrollText /> },
        ],
      }]}
      banner={entry === null ? undefined : <EntryBanner tenant={entry.tenant} reason={entry.reason} expiresAt={entry.expiresAt} />}
      tools={<UserMenu name={name} detail={c('roles.super_admin')} items={[{ kind: 'link', label: c('nav.profile'), href: '/platform/profile', icon: <CircleUserRound /> }, { kind: 'line' }, ...items([], '', () => undefined)]} />}
    >
      {children}
    </StaffShell>
  );
}

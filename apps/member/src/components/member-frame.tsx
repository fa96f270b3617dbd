'use client';
import { Banner, MemberShell, UserMenu, type LanguageChoice, type TenantMark } from '@interdomestik/ui';
import { CircleUserRound, Ellipsis, FolderOpen, House, IdCard, LogOut, ReceiptText, ShieldCheck } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { trpc } from '~/trpc/client';
import { Language } from './language';
import { CardKeeper } from './card-keeper';
import { useLeave } from './leave';
import { useOnline } from './use-online';

interface MemberFrameProps {
  readonly tenant: TenantMark;
  readonly languages: readonly LanguageChoice[];
  readonly person: { readonly name: string; readonly email: string | null };
  readonly unread: number;
  readonly children: ReactNode;
}

/** The member's portal around every page of a signed-in person. */
export function MemberFrame({ tenant, languages, person, unread, children }: MemberFrameProps) {
  const t = useTranslations('common');
  const path = usePathname();
  const leave = useLeave();
  const online = useOnline();
  const fresh = trpc.notifications.unread.useQuery(undefined, { initialData: { unread }, staleTime: 60_000, refetchOnWindowFocus: true });
  const count = fresh.data.unread;
  return (
    <MemberShell
      tenant={tenant}
      homeHref="/home"
      path={path}
      nav={[
        { href: '/home', label: t('nav.home'), icon: <House /> },
        { href: '/claims', label: t('nav.claims'), icon: <ShieldCheck /> },
        { href: '/card', label: t('nav.card'), icon: <IdCard /> },
        { href: '/documents', label: t('nav.documents'), icon: <FolderOpen /> },
        { href: '/more', label: t('nav.more'), icon: <Ellipsis />, count: count > 0 ? <><span className="sr-only">{t('nav.notifications')}: </span>{count > 99 ? '99+' : count}</> : undefined },
      ]}
      tools={
        <>
          <Language languages={languages} signedIn />
          <UserMenu
            name={person.name}
            detail={person.email ?? undefined}
            items={[
              { kind: 'link', label: t('nav.profile'), href: '/profile', icon: <CircleUserRound /> },
              { kind: 'link', label: t('nav.payments'), href: '/payments', icon: <ReceiptText /> },
              { kind: 'line' },
              { label: t('actions.signOut'), icon: <LogOut />, onSelect: () => void leave() },
            ]}
          />
        </>
      }
      banner={online ? undefined : <Banner tone="warning">{t('ui.offline')}</Banner>}
    >
      <CardKeeper />
      {children}
    </MemberShell>
  );
}

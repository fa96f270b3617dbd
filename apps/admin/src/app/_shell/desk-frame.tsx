'use client';
import { ButtonLink, CommandTrigger, LanguageSwitch, StaffShell, UserMenu, type LanguageChoice, type TenantMark } from '@interdomestik/ui';
import { Bell } from '@interdomestik/ui/icons';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { areas, type Area } from './areas';
import { EntryBanner } from './entry-banner';
import { Palette, type Abilities } from './palette';
import { useLanguage } from './use-language';
import { useUserItems, type OwnPost } from './use-user-items';

interface DeskFrameProps {
  readonly tenant: TenantMark;
  readonly branch: string | null;
  readonly wholeTenant: boolean;
  readonly person: { readonly name: string; readonly role: string; readonly isUser: boolean };
  readonly areas: readonly Area['key'][];
  readonly may: Abilities;
  /** The own staff roles; the menu offers to change between several. */
  readonly posts: readonly OwnPost[];
  readonly unread: number;
  /** What waits in an area; shown from one on. */
  readonly counts: Partial<Record<Area['key'], number>>;
  readonly locale: string;
  readonly languages: readonly LanguageChoice[];
  readonly entry: { readonly reason: string; readonly expiresAt: Date } | null;
  readonly children: ReactNode;
}

/** The frame of every staff page: head, rail, palette, and the loud banner of a super admin inside. */
export function DeskFrame({ tenant, branch, wholeTenant, person, areas: own, may, posts, unread, counts, locale, languages, entry, children }: DeskFrameProps) {
  const path = usePathname();
  const t = useTranslations('admin.shell');
  const c = useTranslations('common');
  const [palette, setPalette] = useState(false);
  const changeLanguage = useLanguage(person.isUser);
  const items = useUserItems(person.isUser, posts);
  const shown = areas.filter(({ key }) => own.includes(key));
  // i18n-keys: common.nav.*
  const group = (name: Area['group']) => shown.filter((area) => area.group === name).map(({ key, href, icon }) => ({ href, icon, label: c(`nav.${key}`), ...((counts[key] ?? 0) > 0 ? { count: counts[key] } : {}) }));
  const nav = [{ items: group('work') }, { heading: t('money'), items: group('money') }, { heading: t('house'), items: group('house') }].filter((one) => one.items.length > 0);
  return (
    <>
      <StaffShell
        tenant={tenant}
        branch={wholeTenant ? t('allBranches') : branch}
        nav={nav}
        path={path}
        banner={entry === null ? undefined : <EntryBanner tenant={tenant.name} reason={entry.reason} expiresAt={entry.expiresAt} />}
        command={<CommandTrigger label={t('find')} onOpen={() => setPalette(true)} />}
        tools={
          <>
            {person.isUser ? (
              <>
                <ButtonLink href="/notifications" variant="ghost" className="relative w-control px-0" title={c('nav.notifications')}>
                  <Bell className="size-5" aria-hidden="true" />
                  <span className="sr-only">{unread > 0 ? t('unread', { count: unread }) : c('nav.notifications')}</span>
                  {unread > 0 ? <span aria-hidden="true" className="figures absolute top-0.5 right-0 grid min-w-4.5 place-items-center rounded-full bg-signal-ink px-1 text-xs font-semibold text-paper">{unread > 99 ? '99+' : unread}</span> : null}
                </ButtonLink>
                <span className="hidden sm:block"><LanguageSwitch languages={languages} current={locale} onChoose={changeLanguage} /></span>
              </>
            ) : null}
            <UserMenu name={person.name} detail={person.role} items={items(languages, locale, changeLanguage)} />
          </>
        }
      >
        {children}
      </StaffShell>
      <Palette open={palette} onOpenChange={setPalette} areas={shown} may={may} isUser={person.isUser} />
    </>
  );
}

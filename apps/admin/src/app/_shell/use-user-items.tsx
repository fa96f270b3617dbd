'use client';
import type { LanguageChoice, MenuItem } from '@interdomestik/ui';
import { Check, CircleUserRound, LogOut, Moon, Sun, SunMoon } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useSignOut } from '@/trpc/session';
import { remember } from './use-language';

type Theme = 'light' | 'dark' | null;

function setTheme(theme: Theme): void {
  remember('idm-theme', theme);
  if (theme === null) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export type OwnPost = Outputs['staff']['ownPosts'][number];

const noPosts: readonly OwnPost[] = [];

/** Works on in another of the own roles: everything that is shown follows from it, so the page is fetched anew. */
function useActing(): (roleId: string) => void {
  const { mutate } = trpc.staff.actAs.useMutation({ onSuccess: () => window.location.assign('/') });
  return useCallback((roleId: string) => mutate({ roleId }), [mutate]);
}

/** What stands in the menu of the person: the role that is worked in for those who have several, profile, language on a phone, look, sign out. */
export function useUserItems(isUser: boolean, posts: readonly OwnPost[] = noPosts): (languages: readonly LanguageChoice[], current: string, choose: (code: string) => void) => MenuItem[] {
  const t = useTranslations('common');
  const s = useTranslations('admin.shell');
  const signOut = useSignOut();
  const act = useActing();
  return useCallback((languages, current, choose) => {
    // i18n-keys: common.roles.*
    const roles: MenuItem[] = posts.length < 2 ? [] : [
      { kind: 'heading', label: s('workingAs') },
      ...posts.map(({ id, role, branchName, isActing }): MenuItem => ({
        label: `${t(`roles.${role}`)}, ${branchName ?? s('wholeCountry')}`, icon: isActing ? <Check /> : <span className="size-4" />, onSelect: () => { if (!isActing) act(id); },
      })),
      { kind: 'line' },
    ];
    const own: MenuItem[] = isUser
      ? [
          { kind: 'link', label: t('nav.profile'), href: '/profile', icon: <CircleUserRound /> },
          { kind: 'line' },
          { kind: 'heading', label: t('fields.language') },
          ...languages.map(({ code, name }): MenuItem => ({ label: name, icon: code === current ? <Check /> : <span className="size-4" />, onSelect: () => choose(code) })),
          { kind: 'line' },
        ]
      : [];
    return [
      ...roles,
      ...own,
      { kind: 'heading', label: t('ui.theme') },
      { label: t('ui.themeLight'), icon: <Sun />, onSelect: () => setTheme('light') },
      { label: t('ui.themeDark'), icon: <Moon />, onSelect: () => setTheme('dark') },
      { label: t('ui.themeSystem'), icon: <SunMoon />, onSelect: () => setTheme(null) },
      { kind: 'line' },
      { label: t('actions.signOut'), icon: <LogOut />, onSelect: () => void signOut() },
    ];
  }, [act, isUser, posts, s, signOut, t]);
}

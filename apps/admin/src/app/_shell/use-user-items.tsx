'use client';
import type { LanguageChoice, MenuItem } from '@interdomestik/ui';
import { Check, CircleUserRound, LogOut, Moon, Sun, SunMoon } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useSignOut } from '@/trpc/session';
import { remember } from './use-language';

type Theme = 'light' | 'dark' | null;

function setTheme(theme: Theme): void {
  remember('idm-theme', theme);
  if (theme === null) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** What stands in the menu of the person: profile, language on a phone, look, sign out. */
export function useUserItems(isUser: boolean): (languages: readonly LanguageChoice[], current: string, choose: (code: string) => void) => MenuItem[] {
  const t = useTranslations('common');
  const signOut = useSignOut();
  return useCallback((languages, current, choose) => {
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
      ...own,
      { kind: 'heading', label: t('ui.theme') },
      { label: t('ui.themeLight'), icon: <Sun />, onSelect: () => setTheme('light') },
      { label: t('ui.themeDark'), icon: <Moon />, onSelect: () => setTheme('dark') },
      { label: t('ui.themeSystem'), icon: <SunMoon />, onSelect: () => setTheme(null) },
      { kind: 'line' },
      { label: t('actions.signOut'), icon: <LogOut />, onSelect: () => void signOut() },
    ];
  }, [isUser, signOut, t]);
}

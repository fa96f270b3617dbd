'use client';
import { isLocale } from '@interdomestik/rules/locales';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { trpc } from '@/trpc/client';

/** Keeps a choice of the browser for a year. */
export function remember(name: 'idm-locale' | 'idm-theme', value: string | null): void {
  const life = value === null ? 0 : 31_536_000;
  document.cookie = `${name}=${value ?? ''}; Path=/; SameSite=Lax; Max-Age=${String(life)}`;
}

/** Changes the language of the page, and of the account when somebody is signed in. */
export function useLanguage(signedIn: boolean): (code: string) => void {
  const router = useRouter();
  const change = trpc.accounts.changeLocale.useMutation({ onSuccess: () => router.refresh() });
  const { mutate } = change;
  return useCallback((code: string) => {
    if (!isLocale(code)) return;
    remember('idm-locale', code);
    if (signedIn) mutate({ locale: code });
    else router.refresh();
  }, [mutate, router, signedIn]);
}

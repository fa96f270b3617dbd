'use client';
import { useCallback } from 'react';
import { useSignOut } from '~/trpc/session';

/** Signs out and takes the card that was kept for offline use off this device. */
export function useLeave(): () => Promise<void> {
  const signOut = useSignOut();
  return useCallback(async () => {
    await forgetKeptPages();
    await signOut();
  }, [signOut]);
}

/** Removes every page that the service worker keeps. */
export async function forgetKeptPages(): Promise<void> {
  if (!('caches' in window)) return;
  const names = await window.caches.keys().catch(() => []);
  await Promise.all(names.map((name) => window.caches.delete(name))).catch(() => undefined);
}

'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { trpc } from '@/trpc/client';

/** After a claim has changed: the panel and the list behind it are read again. */
export function useClaimChanged(): () => void {
  const utils = trpc.useUtils();
  const router = useRouter();
  return useCallback(() => {
    void utils.claims.invalidate();
    void utils.members.get.invalidate();
    router.refresh();
  }, [router, utils]);
}

'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { trpc } from '@/trpc/client';

/** Call after something about a colleague changed: the page, the panel and the history are fetched anew. */
export function useStaffChanged(): () => void {
  const router = useRouter();
  const utils = trpc.useUtils();
  return useCallback(() => {
    void utils.staff.invalidate();
    router.refresh();
  }, [router, utils]);
}

'use client';
import { useQueryClient } from '@tanstack/react-query';
import { signIn, signOut } from 'next-auth/react';
import { useCallback } from 'react';

/**
 * Signs in and goes on to `next` as a fresh page. Resolves with the message of a refusal, for `errorText`; null when the page is leaving.
 */
export function useSignIn(): (input: { email: string; password: string }, next?: string) => Promise<string | null> {
  const queryClient = useQueryClient();
  return useCallback(async ({ email, password }, next = '/') => {
    const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined);
    if (answer === undefined) return 'errors.offline';
    if (!answer.ok || answer.error !== null) return answer.error?.startsWith('errors.') === true ? answer.error : 'errors.unexpected';
    queryClient.clear();
    // a whole new page: nothing that a visitor or another person saw stays in memory
    window.location.assign(next);
    return null;
  }, [queryClient]);
}

/** Ends the session here and on the server, forgets everything that was shown, and goes to the sign-in. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(async () => {
    await signOut({ redirect: false }).catch(() => undefined);
    queryClient.clear();
    window.localStorage.clear();
    window.sessionStorage.clear();
    window.location.replace('/sign-in');
  }, [queryClient]);
}

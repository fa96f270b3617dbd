import { createCaller } from '@interdomestik/api';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { requestContext } from './context';
import { signInPath } from './paths';

/**
 * The API for server components: the same procedures, rights and checks as over the network, in process.
 * `const plans = await (await caller()).plans.list({})`
 */
export const caller = cache(async () => createCaller(await requestContext()));

/** The transport code of an error that the API threw; null for any other. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && error.name === 'TRPCError' && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Awaits what a page needs and turns a refusal into a page: missing or forbidden is the 404 page (they look alike), signed out goes to the
 * sign-in. Other errors go on to the nearest error.tsx. `const claim = await needed((await caller()).claims.get({ id }))`
 */
export async function needed<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'BAD_REQUEST') notFound();
    if (code === 'UNAUTHORIZED') redirect(await signInPath());
    throw error;
  }
}

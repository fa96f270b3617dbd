import { notFound, redirect } from 'next/navigation';
import { requestContext } from './context';
import { signInPath } from './paths';

/** The super admin of this browser. */
export interface PlatformViewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The tenant they are inside of, with the reason; null while outside. */
  readonly inside: { readonly tenantId: string; readonly reason: string; readonly expiresAt: Date } | null;
}

/** The super admin of this browser, or null for everybody else. */
export async function maybePlatformViewer(): Promise<PlatformViewer | null> {
  const session = (await requestContext()).platform?.session ?? null;
  if (session === null) return null;
  const { inside } = session;
  return {
    id: session.userId, name: session.name, email: session.email,
    inside: inside === null ? null : { tenantId: inside.tenantId, reason: inside.reason, expiresAt: inside.expiresAt },
  };
}

/** The super admin of this browser; sends everybody else to the sign-in. On the host of a tenant there is no console, for nobody. */
export async function platformViewer(): Promise<PlatformViewer> {
  const me = await maybePlatformViewer();
  if (me !== null) return me;
  // whoever is signed in there would be sent back and forth between here and the sign-in
  if ((await requestContext()).site !== null) notFound();
  redirect(await signInPath());
}

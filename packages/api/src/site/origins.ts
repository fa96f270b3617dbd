import { env } from '../env';
import { paddlePath } from '../http/protocol';

/**
 * Scheme, host and port of a tenant's portal. Links in mails and return addresses come from here and never from the Host header
 * of a request, which its sender chooses.
 */
export function portalOrigin(tenant: { readonly slug: string }, app: 'member' | 'admin'): string {
  const local = env.ROOT_DOMAIN === 'localhost';
  if (local) return `http://${tenant.slug}.localhost:${String(app === 'member' ? env.MEMBER_PORT : env.ADMIN_PORT)}`;
  return app === 'member' ? `https://${tenant.slug}.${env.ROOT_DOMAIN}` : `https://${tenant.slug}.admin.${env.ROOT_DOMAIN}`;
}

/** The address that a tenant's account at a card provider must be told. */
export const webhookAddress = (tenant: { readonly slug: string }, accountSlug: string): string => `${portalOrigin(tenant, 'member')}${paddlePath}${tenant.slug}-${accountSlug}`;

/** Scheme, host and port of the super admins' console. */
export function consoleOrigin(): string {
  return env.ROOT_DOMAIN === 'localhost' ? `http://localhost:${String(env.ADMIN_PORT)}` : `https://admin.${env.ROOT_DOMAIN}`;
}

/** Paths of the portals that mails and providers lead to. */
export const portalPaths = {
  signIn: '/sign-in',
  /** Joining with somebody's referral code. */
  join: (referralCode: string) => `/join?ref=${encodeURIComponent(referralCode)}`,
  verifyEmail: (token: string) => `/verify-email?token=${token}`,
  resetPassword: (token: string) => `/reset-password?token=${token}`,
  forgotPassword: '/forgot-password',
  changeEmail: (token: string) => `/change-email?token=${token}`,
  invitation: (token: string) => `/invitation?token=${token}`,
  home: '/home',
  card: '/card',
  payments: '/payments',
  /** Where a member buys the next period. */
  renew: '/renew',
  /** Where the payer comes back to; it polls the payment's status. */
  paid: (paymentId: string) => `/pay/${paymentId}`,
  verifyCard: (code: string) => `/verify/${code}`,
} as const;

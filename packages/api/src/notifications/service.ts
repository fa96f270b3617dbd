import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { newId, type Role } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { notifications, userRoles } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';

export interface NewNotification {
  readonly userId: string;
  /** Message key below `notifications`: title and body are written in the reader's language when read. */
  readonly kind: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Path in the reader's portal. */
  readonly href?: string;
  /** Unique in the tenant: the same effect notifies once. */
  readonly effectKey: string;
}

/** Puts a notification into somebody's list; a repeat of the same effect does nothing. */
export async function notify(tx: Tx, scope: TenantScope, notification: NewNotification): Promise<void> {
  const { userId, kind, params = {}, href = null, effectKey } = notification;
  await tx.insert(notifications).values({ tenantId: scope.tenantId, id: newId(), userId, kind, params, href, effectKey }).onConflictDoNothing();
}

/** The same notification for everybody who holds a role in the tenant, or in one branch of it; `except` is told nothing. */
export async function notifyRole(tx: Tx, scope: TenantScope, to: { role: Role; branchId?: string; except?: string }, notification: Omit<NewNotification, 'userId'>): Promise<void> {
  const holders = await tx.selectDistinct({ userId: userRoles.userId }).from(userRoles)
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.role, to.role), to.branchId === undefined ? undefined : eq(userRoles.branchId, to.branchId)));
  for (const { userId } of holders) if (userId !== to.except) await notify(tx, scope, { ...notification, userId, effectKey: `${notification.effectKey}:${userId}` });
}

export interface NotificationView {
  readonly id: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly href: string | null;
  readonly readAt: Date | null;
  readonly createdAt: Date;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Only ever the own ones, however far a scope reaches: a super admin inside a tenant has none. */
const own = (scope: TenantScope) => and(eq(notifications.tenantId, scope.tenantId), eq(notifications.userId, scope.actor.kind === 'user' ? (scope.actor.id ?? nobody) : nobody));

/** Own notifications, newest first, with how many are unread. */
export async function listNotifications(scope: TenantScope, input: { cursor?: string | undefined; limit: number }): Promise<{ items: NotificationView[]; nextCursor: string | null; unread: number }> {
  const older = olderThan(notifications.createdAt, notifications.id, input.cursor);
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      id: notifications.id, kind: notifications.kind, params: notifications.params, href: notifications.href, readAt: notifications.readAt,
      createdAt: notifications.createdAt, at: exactInstant(notifications.createdAt),
    }).from(notifications).where(and(own(scope), older)).orderBy(desc(notifications.createdAt), desc(notifications.id)).limit(input.limit + 1));
  const page = newestPage(rows, input.limit);
  return { ...page, items: page.items.map((row) => ({ ...row, params: row.params as NotificationView['params'] })), unread: await countUnread(scope) };
}

/** How many own notifications are unread. */
export async function countUnread(scope: TenantScope): Promise<number> {
  const [row] = await readTenant(scope, (tx) => tx.select({ count: sql<number>`count(*)::int` }).from(notifications).where(and(own(scope), isNull(notifications.readAt))));
  return row?.count ?? 0;
}

/** Marks own notifications read: the named ones, or all. Ids of others are passed over. */
export async function markRead(scope: TenantScope, ids: readonly string[] | undefined, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'notifications.markRead'), async (tx) => {
    await tx.update(notifications).set({ readAt: now }).where(and(own(scope), isNull(notifications.readAt), ids === undefined ? undefined : inArray(notifications.id, [...ids])));
  });
}

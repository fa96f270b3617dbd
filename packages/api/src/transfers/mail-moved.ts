import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { fullName } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, memberTransfers, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { defineJob } from '../jobs/registry';
import { letterheadOf, queueMail } from '../mails';
import { portalOrigin, portalPaths } from '../site/origins';

const payload = z.object({ transferIds: z.array(z.uuid()).min(1).max(1000) });

/**
 * Writes to members who were moved: whom to turn to now, in their own language. Always told, whatever the tenant's rules say of other news: it is
 * about who reads their data.
 */
export const mailMovedJob = defineJob({ name: 'transfers.mailMoved', payload, retries: 5, run: (scope, { transferIds }) => mailMoved(scope, transferIds, new Date()) });

/** Mails written by one transaction. */
const perRound = 50;

const agent = alias(user, 'agent');

/** Members with an address who are where these transfers brought them, with their branch and agent of now. */
async function movedMembers(scope: TenantScope, transferIds: readonly string[]) {
  return await readTenant(inAction(scope, 'transfers.mailMoved'), (tx) =>
    tx.select({
      id: memberTransfers.id, fromBranchId: memberTransfers.fromBranchId, toBranchId: memberTransfers.toBranchId, userId: user.id, firstName: user.firstName, email: user.email, locale: user.locale,
      branch: branches.name, phone: branches.phone, address: branches.address, city: branches.city, agentFirst: agent.firstName, agentLast: agent.lastName,
    }).from(memberTransfers)
      // whoever was moved on meanwhile reads of the later move
      .innerJoin(user, and(eq(user.tenantId, memberTransfers.tenantId), eq(user.id, memberTransfers.userId), eq(user.branchId, memberTransfers.toBranchId), isNotNull(user.email)))
      .innerJoin(branches, and(eq(branches.tenantId, memberTransfers.tenantId), eq(branches.id, memberTransfers.toBranchId)))
      .leftJoin(agent, and(eq(agent.tenantId, user.tenantId), eq(agent.id, user.agentId)))
      .where(and(eq(memberTransfers.tenantId, scope.tenantId), inArray(memberTransfers.id, [...transferIds]), eq(memberTransfers.status, 'approved')))
      .orderBy(asc(memberTransfers.id)));
}

async function mailMoved(scope: TenantScope, transferIds: readonly string[], now: Date): Promise<void> {
  const [letterhead, rows] = await Promise.all([letterheadOf(scope, now), movedMembers(scope, transferIds)]);
  const url = `${portalOrigin(scope.tenant, 'member')}${portalPaths.home}`;
  for (let from = 0; from < rows.length; from += perRound) {
    await withTenant(inAction(scope, 'transfers.mailMoved'), async (tx) => {
      for (const row of rows.slice(from, from + perRound)) {
        if (row.email === null) continue;
        await queueMail(tx, scope, {
          template: 'member-moved', to: { email: row.email, userId: row.userId }, locale: localeOfRow(row.locale), letterhead, effectKey: `transfer:${row.id}:mail`,
          params: {
            name: row.firstName, toOtherBranch: row.fromBranchId !== row.toBranchId, branch: row.branch, phone: row.phone,
            address: [row.address, row.city].filter((part) => part !== '').join(', '),
            agent: row.agentFirst === null || row.agentLast === null ? null : fullName({ firstName: row.agentFirst, lastName: row.agentLast }), url,
          },
        });
      }
    });
  }
}

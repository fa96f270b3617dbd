import { fullName } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { notify, notifyRole, type NewNotification } from '../notifications';

/** What the people around a transfer are told of. */
export interface TransferNews {
  readonly id: string;
  readonly member: { readonly id: string; readonly firstName: string; readonly lastName: string };
  readonly fromBranchId: string;
  readonly toBranchId: string;
  readonly to: Doorplate;
  readonly fromAgentId: string | null;
  readonly agent: Successor | null;
  readonly requestedBy: string | null;
}

/** What people are told of a branch. */
export interface Doorplate {
  readonly name: string;
  readonly phone: string | null;
}

/** Who looks after a member from now on. */
export interface Successor {
  readonly id: string;
  readonly name: string;
}

/** Where a member turns now, in the member's own notification: a branch without a telephone and a member without an agent are left out of its sentences. */
export function whereToTurn({ name, phone }: Doorplate, agentName: string | null): Readonly<Record<string, string>> {
  return { branch: name, phone: phone ?? '', hasPhone: phone === null ? 'no' : 'yes', agent: agentName ?? '', hasAgent: agentName === null ? 'no' : 'yes' };
}

const inbox = '/transfers';

/** Everybody named once, and not the person who acts. */
async function tell(tx: Tx, scope: TenantScope, people: readonly (string | null)[], news: Omit<NewNotification, 'userId'>): Promise<void> {
  for (const userId of new Set(people)) {
    if (userId !== null && userId !== scope.actor.id) await notify(tx, scope, { ...news, userId, effectKey: `${news.effectKey}:${userId}` });
  }
}

/** The side that decides learns that it is asked. */
export async function tellOfRequest(tx: Tx, scope: TenantScope, news: TransferNews): Promise<void> {
  await notifyRole(tx, scope, { role: 'branch_manager', branchId: news.toBranchId }, {
    kind: 'transfer.requested', params: { by: fullName(scope.actor), member: fullName(news.member), branch: news.to.name }, href: inbox, effectKey: `transfer:${news.id}:requested`,
  });
}

/** Both branches, whoever asked, the agents and, in plain words, the member. The side that gives learns no name: the member is no longer its. */
export async function tellOfMove(tx: Tx, scope: TenantScope, news: TransferNews): Promise<void> {
  const { id, member, agent, to: { name: branch } } = news;
  const across = news.fromBranchId !== news.toBranchId;
  await tell(tx, scope, [agent?.id ?? null], { kind: 'transfer.assigned', params: { member: fullName(member) }, href: `/members/${member.id}`, effectKey: `transfer:${id}:assigned` });
  if (across) {
    await notifyRole(tx, scope, { role: 'branch_manager', branchId: news.toBranchId }, { kind: 'transfer.received', params: { member: fullName(member) }, href: `/members/${member.id}`, effectKey: `transfer:${id}:received` });
    await notifyRole(tx, scope, { role: 'branch_manager', branchId: news.fromBranchId }, { kind: 'transfer.given', params: { branch }, href: inbox, effectKey: `transfer:${id}:given` });
  }
  await tell(tx, scope, [news.requestedBy, news.fromAgentId], { kind: 'transfer.given', params: { branch }, href: inbox, effectKey: `transfer:${id}:given` });
  await tellMember(tx, scope, news);
}

/** The member reads where to turn now. */
async function tellMember(tx: Tx, scope: TenantScope, { id, member, fromBranchId, toBranchId, to, agent }: TransferNews): Promise<void> {
  await notify(tx, scope, {
    userId: member.id, kind: fromBranchId === toBranchId ? 'transfer.new_agent' : 'transfer.new_branch', params: whereToTurn(to, agent?.name ?? null), effectKey: `transfer:${id}:member`,
  });
}

/** Whoever asked, and the branch that keeps the member. */
export async function tellOfRefusal(tx: Tx, scope: TenantScope, news: Pick<TransferNews, 'id' | 'fromBranchId' | 'requestedBy'> & { readonly branch: string }): Promise<void> {
  const { id, branch } = news;
  const refusal = { kind: 'transfer.rejected', params: { branch }, href: inbox, effectKey: `transfer:${id}:rejected` };
  await notifyRole(tx, scope, { role: 'branch_manager', branchId: news.fromBranchId }, refusal);
  await tell(tx, scope, [news.requestedBy], refusal);
}

import { and, asc, eq } from 'drizzle-orm';
import { conflict, notFound } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { instalments } from '@interdomestik/db/schema';
import type { InstalmentRow } from './settle';
import { ofMembership } from './write';

/** How the parts of a sale are paid: with its tax document from us, to our people; with the provider's, at the provider. One sale has one kind of tax document. */
export const payingBy = ({ taxDocumentIssuer }: Pick<InstalmentRow, 'taxDocumentIssuer'>): 'cash' | 'card' => (taxDocumentIssuer === 'tenant' ? 'cash' : 'card');

/**
 * A part that may be paid now in that way, with all parts of its membership locked to the end of the transaction, so that of two who pay the same part one succeeds. `asker`
 * decides which parts there are. Throws NOT_FOUND, or CONFLICT for one that is paid, canceled, paid otherwise, or not the next one.
 */
export async function lockDue(tx: Tx, scope: TenantScope, asker: TenantScope, id: string, by: 'cash' | 'card'): Promise<InstalmentRow> {
  const [seen] = await tx.select({ membershipId: instalments.membershipId }).from(instalments).where(and(visible(asker, instalments), eq(instalments.id, id)));
  if (seen === undefined) throw notFound();
  const parts = await tx.select().from(instalments).where(ofMembership(scope, seen.membershipId)).orderBy(asc(instalments.number)).for('no key update');
  const part = parts.find((candidate) => candidate.id === id);
  if (part === undefined) throw notFound();
  if (part.status === 'paid') throw conflict('errors.instalments.alreadyPaid');
  if (part.status === 'canceled') throw conflict('errors.instalments.canceled');
  if (payingBy(part) !== by) throw conflict(by === 'cash' ? 'errors.instalments.byCard' : 'errors.instalments.inCash');
  if (parts.some(({ status, number }) => status === 'due' && number < part.number)) throw conflict('errors.instalments.order');
  return part;
}

import { notFound } from 'next/navigation';
import { z } from 'zod';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { CheckPage } from './check-page';

/** One check with everything that came out differently. */
export default async function ReceiptCheckPage({ params }: { params: Promise<{ id: string }> }) {
  await viewer('settings.read');
  const { data: id } = z.uuid().safeParse((await params).id);
  if (id === undefined) notFound();
  return <CheckPage first={await needed((await caller()).receipts.get({ id }))} />;
}

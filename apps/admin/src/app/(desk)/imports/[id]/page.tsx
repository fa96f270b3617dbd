import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ImportPage } from './import-page';

export async function generateMetadata() {
  return { title: (await getTranslations('imports'))('title') };
}

/** One file: how it is read, what would happen, what happened. */
export default async function ImportFilePage({ params }: { params: Promise<{ id: string }> }) {
  await viewer('imports.run');
  const { data: id } = z.uuid().safeParse((await params).id);
  if (id === undefined) notFound();
  return <ImportPage first={await needed((await caller()).imports.get({ id }))} />;
}

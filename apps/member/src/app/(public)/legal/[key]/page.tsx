import { PageColumn, PageHead, Prose } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { caller, needed } from '~/server/caller';
import { site } from '~/server/viewer';

const shown = ['terms', 'privacy'] as const;

const textOf = cache(async (key: string) => {
  await site();
  const known = shown.find((candidate) => candidate === key);
  if (known === undefined) notFound();
  return await needed((await caller()).site.legalText({ key: known }));
});

export async function generateMetadata({ params }: { params: Promise<{ key: string }> }): Promise<Metadata> {
  return { title: (await textOf((await params).key)).title };
}

export default async function Legal({ params }: { params: Promise<{ key: string }> }) {
  const [t, text] = await Promise.all([getTranslations('member.legal'), textOf((await params).key)]);
  return (
    <PageColumn width="text">
      <PageHead title={text.title} meta={t('version', { version: text.version })} />
      <Prose text={text.body} />
    </PageColumn>
  );
}

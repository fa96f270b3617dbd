import { DesignGallery, type GalleryView } from '@interdomestik/ui/gallery';
import { notFound } from 'next/navigation';
import { env } from '@/env';
import { oneOf, readQuery, type Query } from '../_parts/query';
import { ViewLinks } from './view-links';

const views = ['staff', 'member', 'public', 'auth', 'plain'] as const satisfies readonly GalleryView[];

/** Every piece of the design system; for those who build it, never where people work. */
export default async function DesignPage({ searchParams }: { searchParams: Query }) {
  if (env.NODE_ENV !== 'development') notFound();
  const view = oneOf((await readQuery(searchParams))('view'), views) ?? 'staff';
  return (
    <>
      <ViewLinks views={views} current={view} />
      <DesignGallery view={view} />
    </>
  );
}

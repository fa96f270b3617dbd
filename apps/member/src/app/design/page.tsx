import { DesignGallery, type GalleryView } from '@interdomestik/ui/gallery';
import { notFound } from 'next/navigation';
import { env } from '~/env';

const views: readonly GalleryView[] = ['member', 'staff', 'public', 'auth', 'plain'];

/** Every piece of the design system, in development only. `?view=public` puts another shell around it. */
export default async function Design({ searchParams }: { searchParams: Promise<{ view?: string | string[] }> }) {
  if (env.NODE_ENV !== 'development') notFound();
  const { view } = await searchParams;
  return <DesignGallery view={views.find((candidate) => candidate === view)} />;
}

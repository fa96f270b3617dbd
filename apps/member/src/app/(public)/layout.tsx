import type { ReactNode } from 'react';
import { PublicFrame } from '~/components/public-frame';
import { languageChoices, siteFacts } from '~/server/site';
import { maybeSite, maybeViewer } from '~/server/viewer';

export default async function PublicLayout({ children }: { children: ReactNode }) {
  // the bare root domain belongs to no tenant: only the country picker stands there, in its own frame
  if ((await maybeSite()) === null) return children;
  const [facts, me] = await Promise.all([siteFacts(), maybeViewer()]);
  return (
    <PublicFrame
      tenant={{ name: facts.name, country: facts.countryCode }}
      languages={languageChoices(facts.locales)}
      signedIn={me !== null}
      support={{ phone: facts.branding.supportPhone, email: facts.branding.supportEmail }}
    >
      {children}
    </PublicFrame>
  );
}

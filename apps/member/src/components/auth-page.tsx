import { AuthShell } from '@interdomestik/ui';
import type { ReactNode } from 'react';
import { languageChoices, siteFacts } from '~/server/site';
import { maybeViewer, site } from '~/server/viewer';
import { Language } from './language';

interface AuthPageProps {
  readonly title: string;
  readonly help?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of signing in and everything around it, on the host of a tenant. */
export async function AuthPage({ title, help, footer, children }: AuthPageProps) {
  await site();
  const [facts, me] = await Promise.all([siteFacts(), maybeViewer()]);
  return (
    <AuthShell
      tenant={{ name: facts.name, country: facts.countryCode }}
      language={<Language languages={languageChoices(facts.locales)} signedIn={me !== null} />}
      title={title}
      help={help}
      footer={footer}
    >
      {children}
    </AuthShell>
  );
}

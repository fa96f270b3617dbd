'use client';
import type { Messages } from '@interdomestik/i18n';
import { LinkProvider, Toaster, UiWordsProvider, type UiWords } from '@interdomestik/ui';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { TrpcProvider } from '../trpc/client';
import { ProofDialog } from '../trpc/proof-dialog';
import { AppLink } from './_parts/app-link';

interface ProvidersProps {
  readonly locale: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly messages: Partial<Messages>;
  readonly words: UiWords;
  /** Tenant and person; see `TrpcProvider`. */
  readonly identity: string;
  readonly children: ReactNode;
}

/** Everything that client components of this app stand on. */
export function Providers({ locale, timeZone, now, messages, words, identity, children }: ProvidersProps) {
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} now={now} messages={messages}>
      <UiWordsProvider words={words}>
        <LinkProvider component={AppLink}>
          <TrpcProvider identity={identity}>
            {children}
            <ProofDialog />
          </TrpcProvider>
          <Toaster />
        </LinkProvider>
      </UiWordsProvider>
    </NextIntlClientProvider>
  );
}

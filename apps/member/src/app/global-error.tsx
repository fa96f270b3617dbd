'use client';
import type { Messages } from '@interdomestik/i18n';
import { useEffect, useState } from 'react';
import './globals.css';

// i18n-keys: common.pages.failedTitle, common.pages.failedHelp, common.pages.tryAgain
// the layout itself failed: no provider stands here, and words are fetched only now so that no other page carries them
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const [words, setWords] = useState<Messages['common']['pages'] | null>(null);
  useEffect(() => {
    void import('@interdomestik/i18n').then(({ loadMessages, locales, pickLocale }) =>
      setWords(loadMessages(pickLocale(window.navigator.language, locales, 'en')).common.pages),
    );
  }, []);
  return (
    <html lang="en" data-portal="member">
      <body>
        <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col justify-center px-4 py-16">
          <h1 className="text-page">{words?.failedTitle}</h1>
          <p className="mt-3 text-ink-muted">{words?.failedHelp.replace('{reference}', error.digest ?? '–')}</p>
          <p className="mt-6"><a className="underline" href="/">{words?.tryAgain}</a></p>
        </main>
      </body>
    </html>
  );
}

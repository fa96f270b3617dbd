'use client';
import { isLocale } from '@interdomestik/rules/locales';
import { LanguageSwitch, type LanguageChoice } from '@interdomestik/ui';
import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { localeOfTag } from '~/lib/locale';
import { trpc } from '~/trpc/client';

interface LanguageProps {
  readonly languages: readonly LanguageChoice[];
  /** Whether to remember the choice in the account as well. */
  readonly signedIn: boolean;
}

/** Changes the language at once, here and in the account. */
export function Language({ languages, signedIn }: LanguageProps) {
  const current = localeOfTag(useLocale());
  const router = useRouter();
  const change = trpc.accounts.changeLocale.useMutation({ onSettled: () => router.refresh() });
  const choose = (code: string) => {
    if (!isLocale(code) || code === current) return;
    document.cookie = `idm-locale=${code}; Path=/; SameSite=Lax; Max-Age=31536000`;
    if (signedIn) change.mutate({ locale: code });
    else router.refresh();
  };
  return <LanguageSwitch languages={languages} current={current} onChoose={choose} />;
}

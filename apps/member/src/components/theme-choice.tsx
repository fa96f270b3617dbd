'use client';
import { Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

/** Light, dark, or as the device says; remembered on this device. */
export function ThemeChoice({ value }: { value: 'light' | 'dark' | 'system' }) {
  const t = useTranslations('common.ui');
  const router = useRouter();
  const [chosen, setChosen] = useState<string>(value);
  const choose = (next: string) => {
    setChosen(next);
    document.cookie = `idm-theme=${next === 'system' ? '' : next}; Path=/; SameSite=Lax; Max-Age=${next === 'system' ? 0 : 31_536_000}`;
    router.refresh();
  };
  return (
    <Field group label={t('theme')}>
      <RadioCards
        columns={3}
        value={chosen}
        onValueChange={choose}
        options={[{ value: 'system', label: t('themeSystem') }, { value: 'light', label: t('themeLight') }, { value: 'dark', label: t('themeDark') }]}
      />
    </Field>
  );
}

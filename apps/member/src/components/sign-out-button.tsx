'use client';
import { Button } from '@interdomestik/ui';
import { LogOut } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useLeave } from './leave';

export function SignOutButton() {
  const t = useTranslations('common.actions');
  const leave = useLeave();
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    void leave();
  };
  return <Button variant="secondary" icon={<LogOut />} loading={busy} onClick={press}>{t('signOut')}</Button>;
}

'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** A translator for keys that arrive as data. */
interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

// i18n-keys: admin.staff.permissions.*
/** A permission in words; one that nothing knows any more comes back as it is. */
export function usePermissionWord(): (permission: string) => string {
  const t = useTranslations('admin.staff.permissions') as unknown as Dynamic;
  return useCallback((permission: string) => (t.has(permission) ? t(permission) : permission), [t]);
}

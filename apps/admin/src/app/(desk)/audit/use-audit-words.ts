'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { AuditEntry } from './entries';

/** A translator for keys that arrive as data. */
interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

// i18n-keys: admin.audit.entities.*, admin.audit.operations.*, admin.audit.actors.*
/** Says what the trail holds as codes; a code without a word comes back as it is. */
export function useAuditWords() {
  const t = useTranslations('admin.audit') as unknown as Dynamic;
  return useMemo(() => {
    const say = (area: string, code: string) => (t.has(`${area}.${code}`) ? t(`${area}.${code}`) : code);
    return {
      entity: (code: string) => say('entities', code),
      operation: (code: string) => say('operations', code),
      actor: ({ actorName, actorKind }: Pick<AuditEntry, 'actorName' | 'actorKind'>) => actorName ?? say('actors', actorKind),
    };
  }, [t]);
}

'use client';
import { isCurrency, money } from '@interdomestik/rules/money';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import { areaOfCode, type AuditEntry } from './entries';

/** A translator for keys that arrive as data. */
interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/u;
const whole = /^-?\d{1,18}$/u;

/** What stands in the trail instead of a personal value. */
const masked = '***';

// i18n-keys: admin.audit.entities.*, admin.audit.operations.*, admin.audit.actors.*, admin.audit.fields.*, admin.staff.permissions.*
/** Says what the trail holds as codes; a code without a word comes back as it is. */
export function useAuditWords() {
  const t = useTranslations('admin.audit') as unknown as Dynamic;
  const p = useTranslations('admin.staff.permissions') as unknown as Dynamic;
  const c = useTranslations('common.ui');
  const portal = useTranslations('admin.profile');
  const errorText = useErrorText();
  const word = useWord();
  const formats = useFormats();
  return useMemo(() => {
    const say = (area: string, code: string) => (t.has(`${area}.${code}`) ? t(`${area}.${code}`) : code);
    const text = (entry: AuditEntry, field: string, value: string) => {
      if (value === masked) return t('hidden');
      if (field === 'app') return portal(value === 'admin' ? 'portalAdmin' : 'portalMember');
      // why a sign-in was refused stands there as the key that the person was told
      if (value.startsWith('errors.')) return errorText(value);
      const area = areaOfCode(entry.entity, field);
      if (area === 'admin.staff.permissions') return p.has(value) ? p(value) : value;
      if (area !== undefined) return word(area, value);
      return entry.names[value] ?? (instant.test(value) ? formats.moment(new Date(value)) : formats.day(value));
    };
    const amount = (entry: AuditEntry, value: string) => {
      const currency = entry.after?.['currency'] ?? entry.before?.['currency'] ?? null;
      return isCurrency(currency) ? formats.money(money(BigInt(value), currency)) : value;
    };
    return {
      entity: (code: string) => say('entities', code),
      operation: (code: string) => say('operations', code),
      actor: ({ actorName, actorKind }: Pick<AuditEntry, 'actorName' | 'actorKind'>) => actorName ?? say('actors', actorKind),
      field: (name: string) => say('fields', name),
      /** A recorded value as a person reads it; a dash for none. */
      value: (entry: AuditEntry, field: string, value: unknown): string => {
        if (value === null || value === undefined || value === '') return '–';
        if (typeof value === 'boolean') return c(value ? 'yes' : 'no');
        const said = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
        if (field.endsWith('_minor') && whole.test(said)) return amount(entry, said);
        return typeof value === 'string' ? text(entry, field, value) : said;
      },
    };
  }, [c, errorText, formats, p, portal, t, word]);
}

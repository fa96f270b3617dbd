'use client';
import { cn } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { useImportWord } from '../use-import-words';

export type Person = Outputs['imports']['pair'][number];

/** Two people side by side, what differs marked; narrow enough for a phone. */
export function Comparison({ left, right }: { left: Person; right: Person }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const { day } = useFormats();
  const valuesOf = (person: Person): readonly (readonly [string, string | null])[] => [
    ['lastName', person.lastName], ['firstName', person.firstName], ['number', person.memberNumber], ['embg', person.personalNumber], ['birthDate', person.birthDate === null ? null : day(person.birthDate)],
    ['phone', person.phone], ['email', person.email], ['street', person.address], ['city', person.city],
  ];
  const others = new Map(valuesOf(right));
  return (
    <div>
      <div className="grid grid-cols-2 gap-x-4 border-b pb-2 font-semibold">
        <span>{left.id === null ? t('thisLine') : t('thisPerson')}</span>
        <span>{t('knownPerson')}{right.kind === null ? null : <span className="block text-note font-normal text-ink-muted">{word('pairKinds', right.kind)}</span>}</span>
      </div>
      <dl className="divide-y divide-line">
        {valuesOf(left).map(([field, value]) => {
          const other = others.get(field) ?? null;
          const isOther = value !== null && other !== null && value.toLowerCase() !== other.toLowerCase();
          return (
            <div key={field} className="grid grid-cols-2 gap-x-4 py-1.5">
              <dt className="col-span-2 text-note text-ink-muted">{word('fields', field)}</dt>
              {[value, other].map((text, side) => <dd key={side} className={cn('min-w-0 break-words', isOther && 'font-semibold', text === null && 'text-ink-muted')}>{text ?? t('nothingYet')}</dd>)}
            </div>
          );
        })}
      </dl>
    </div>
  );
}

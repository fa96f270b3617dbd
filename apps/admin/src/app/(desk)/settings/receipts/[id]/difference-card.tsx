'use client';
import { isCurrency, money } from '@interdomestik/rules/money';
import { Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../../_parts/use-formats';

type Difference = Outputs['receipts']['get']['items'][number];

const sideSchema = z.object({ version: z.unknown(), outcome: z.record(z.string(), z.unknown()).catch({}) }).catch({ version: null, outcome: {} });
const moneySchema = z.object({ minor: z.string().regex(/^-?\d+$/u), currency: z.custom<string>(isCurrency) });

/** Values that have a word of their own, in the order in which people ask for them. */
const worded = ['gross', 'net', 'vat', 'vatRateBp', 'list', 'people', 'start', 'end', 'fee', 'dueAt', 'allowed'] as const;
type Worded = (typeof worded)[number];
const isWorded = (name: string): name is Worded => worded.some((one) => one === name);
const rank = (name: string): number => (isWorded(name) ? worded.indexOf(name) : worded.length);

/** The place where the record itself is looked at. */
function hrefOf({ entity, entityId, memberId }: Difference): string | null {
  if (entity === 'claim') return `/claims?open=${entityId}`;
  if (entity === 'invoice') return `/invoices?open=${entityId}`;
  return memberId === null ? null : `/members/${memberId}`;
}

function useSaid(): (name: string, value: unknown) => string {
  const t = useTranslations('rechecks');
  const formats = useFormats();
  return (name, value) => {
    if (value === undefined || value === null) return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    const amount = moneySchema.safeParse(value);
    if (amount.success && isCurrency(amount.data.currency)) return formats.money(money(BigInt(amount.data.minor), amount.data.currency));
    if (name === 'vatRateBp' && typeof value === 'number') return formats.percent(value);
    if (typeof value === 'string') return name === 'dueAt' && !Number.isNaN(Date.parse(value)) ? formats.moment(new Date(value)) : formats.day(value);
    return JSON.stringify(value);
  };
}

/** One decision that came out differently: what is stored beside what its own rules say, and the way to the record. */
export function DifferenceCard({ difference }: { difference: Difference }) {
  const t = useTranslations('rechecks');
  const said = useSaid();
  const stored = sideSchema.parse(difference.stored);
  const again = difference.recomputed === null ? null : sideSchema.parse(difference.recomputed);
  const href = hrefOf(difference);
  const names = [...new Set([...Object.keys(stored.outcome), ...Object.keys(again?.outcome ?? {})])]
    .filter((name) => again === null || JSON.stringify(stored.outcome[name]) !== JSON.stringify(again.outcome[name])).toSorted((a, b) => rank(a) - rank(b));
  return (
    <article className="rounded-card border bg-raised px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        {/* i18n-keys: rechecks.decisions.*, rechecks.entities.*, rechecks.values.* */}
        <h3 className="font-semibold">{t(`decisions.${difference.decision}`)} · {t(`entities.${difference.entity}`)} <span className="figures">{difference.code}</span></h3>
        {href === null ? null : <TextLink kind="standalone" href={href}>{t('open')}</TextLink>}
      </div>
      <p className="text-note text-ink-muted">{difference.branchName}{typeof stored.version === 'number' ? ` · ${t('version', { version: stored.version })}` : ''}</p>
      {again === null ? <Notice tone="warning" className="mt-3">{t('undecidable')}</Notice> : null}
      {names.length === 0 ? null : (
        <table className="mt-3 w-full text-left">
          <thead className="text-note text-ink-muted">
            <tr><td /><th scope="col" className="py-1 pe-4 text-right font-normal">{t('stored')}</th><th scope="col" className="py-1 text-right font-normal">{t('recomputed')}</th></tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name} className="border-t align-top">
                <th scope="row" className="py-2 pe-4 font-normal text-ink-muted">{isWorded(name) ? t(`values.${name}`) : t('values.other', { name })}</th>
                <td className="figures py-2 pe-4 text-right break-all">{said(name, stored.outcome[name])}</td>
                <td className="figures py-2 text-right font-semibold break-all">{again === null ? '–' : said(name, again.outcome[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}

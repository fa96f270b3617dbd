'use client';
import { BarChart, DataTable, NativeSelect, Stat, type DataColumn } from '@interdomestik/ui';
import { exponentOf, formatAmount, money, type Currency } from '@interdomestik/rules/money';
import type { FeesEffect, SalesEffect, TrialFigure } from '@interdomestik/rules/simulation';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { useFormats } from '../../../_parts/use-formats';
import { Sum } from '../../../_parts/values';
import { useFigureHref, type Figures, type Result } from './shared';

type Shared = SalesEffect['more'];

const seen = ({ compared, unsellable }: SalesEffect): number => compared + unsellable.count;

/** Amounts of several currencies one under the other, signed where they are a difference. */
function useAmounts() {
  const formats = useFormats();
  return (effects: readonly { readonly currency: Currency; readonly minor: bigint }[], signed = true): ReactNode =>
    effects.map(({ currency, minor }) => <span key={currency} className="block">{signed && minor > 0n ? '+' : ''}{formats.money(money(minor, currency))}</span>);
}

const averageOf = ({ count, minor }: Shared): bigint => (count === 0 ? 0n : (minor * 2n + BigInt(count)) / (BigInt(count) * 2n));

/** At most six figures: who would pay more, less or could not buy, and what that does to revenue, VAT and fees. */
export function SalesStats({ kind, figures }: { kind: Result['kind']; figures: Figures }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const amounts = useAmounts();
  const hrefOf = useFigureHref();
  const effects = figures.sales?.total ?? [];
  const all = effects.reduce((sum, effect) => sum + seen(effect), 0);
  const listed = (figure: TrialFigure) => (figures.lists.some((list) => list.figure === figure) ? hrefOf(figure) : undefined);
  // i18n-keys: simulation.figures.*
  const counted = (figure: 'more' | 'less' | 'unsellable' | 'sellable' | 'vat_more' | 'vat_less', pick: (effect: SalesEffect) => Shared, words: 'average' | 'worth') => {
    const parts = effects.map((effect) => ({ currency: effect.currency, shared: pick(effect) })).filter(({ shared }) => shared.count > 0);
    const said = parts.map(({ currency, shared }) => formats.money(money(words === 'average' ? averageOf(shared) : shared.minor, currency))).join(' · ');
    return (
      <Stat
        label={t(`figures.${figure}`)} value={formats.count(parts.reduce((sum, { shared }) => sum + shared.count, 0))} href={listed(figure)}
        comparison={<>{t('ofMembers', { count: all })}{said === '' ? null : <span className="figures block">{words === 'average' ? t('average', { amount: said }) : t('worth', { amount: said })}</span>}</>}
      />
    );
  };
  const difference = (label: string, pick: (side: SalesEffect['before']) => bigint) => {
    const lines = effects.filter(({ compared }) => compared > 0);
    return (
      <Stat
        label={label} value={amounts(lines.map(({ currency, before, after }) => ({ currency, minor: pick(after) - pick(before) })))}
        comparison={lines.map(({ currency, before, after }) => <span key={currency} className="figures block">{t('fromTo', { before: formats.money(money(pick(before), currency)), after: formats.money(money(pick(after), currency)) })}</span>)}
      />
    );
  };
  const sellable = effects.some((effect) => effect.sellable.count > 0);
  if (kind === 'tax') {
    return (
      <>
        {counted('vat_more', ({ vatMore }) => vatMore, 'average')}
        {counted('vat_less', ({ vatLess }) => vatLess, 'average')}
        {difference(t('vat'), ({ vat }) => vat)}
        {difference(t('netRevenue'), ({ net }) => net)}
      </>
    );
  }
  const fees = figures.fees?.total ?? [];
  return (
    <>
      {counted('more', ({ more }) => more, 'average')}
      {counted('less', ({ less }) => less, 'average')}
      {sellable && !effects.some((effect) => effect.unsellable.count > 0) ? counted('sellable', (effect) => effect.sellable, 'worth') : counted('unsellable', ({ unsellable }) => unsellable, 'worth')}
      {difference(t('revenue'), ({ gross }) => gross)}
      {difference(t('vat'), ({ vat }) => vat)}
      {fees.length === 0 ? null : <FeesStat fees={fees} href={listed('fee_more') ?? listed('fee_less')} />}
    </>
  );
}

function FeesStat({ fees, href }: { fees: readonly FeesEffect[]; href: string | undefined }) {
  const t = useTranslations('simulation');
  const amounts = useAmounts();
  const count = (pick: (effect: FeesEffect) => number) => fees.reduce((sum, effect) => sum + pick(effect), 0);
  return (
    <Stat
      label={t('fees')} href={href} value={amounts(fees.map(({ currency, before, after }) => ({ currency, minor: after - before })))}
      comparison={<>{t('ofClaims', { count: count(({ compared }) => compared) })}<span className="block">{t('feesHelp', { more: count(({ more }) => more.count), less: count(({ less }) => less.count) })}</span></>}
    />
  );
}

/** The same in sentences, one currency after the other, with what was really charged. */
export function SalesSentences({ figures }: { figures: Figures }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const effects = figures.sales?.total.filter(({ compared }) => compared > 0) ?? [];
  if (effects.length === 0) return null;
  return (
    <ul className="max-w-prose space-y-2">
      {effects.map((effect) => {
        const { currency, more, less, same, billed } = effect;
        const total = formats.count(seen(effect));
        const average = (shared: Shared) => formats.money(money(averageOf(shared), currency));
        return (
          <li key={currency}>
            {more.count === 0 ? null : <>{t('sentence.more', { count: more.count, total, average: average(more) })} </>}
            {less.count === 0 ? null : <>{t('sentence.less', { count: less.count, total, average: average(less) })} </>}
            {same === 0 ? null : <>{t('sentence.same', { count: same })} </>}
            <span className="text-ink-muted">({t('billed', { amount: formats.money(money(billed, currency)) })})</span>
          </li>
        );
      })}
    </ul>
  );
}

interface Group {
  readonly name: string;
  readonly effect: SalesEffect;
}

const effectIn = (effects: readonly SalesEffect[], currency: Currency): SalesEffect[] => effects.filter((effect) => effect.currency === currency);

/** By branch as a drawing, by plan as a table; one currency at a time, because they are never added up. */
export function SalesGroups({ result }: { result: Result }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const { figures, kind, branches, plans } = result;
  const currencies = figures?.sales?.total.map((effect) => effect.currency) ?? [];
  const [chosen, setChosen] = useState<Currency | undefined>(currencies[0]);
  const currency = currencies.find((one) => one === chosen) ?? currencies[0];
  if (figures === null || figures.sales === null || currency === undefined) return null;
  const change = ({ before, after }: SalesEffect): bigint => (kind === 'tax' ? after.vat - before.vat : after.gross - before.gross);
  const unit = 10 ** exponentOf(currency);
  // a drawing needs numbers; the exact amounts stand in the table
  const amountOf = (value: number) => money(BigInt(Math.round(value * unit)), currency);
  const byBranch = figures.sales.byBranch.flatMap(({ branchId, effects }): Group[] => effectIn(effects, currency).map((effect) => ({ name: branches.find(({ id }) => id === branchId)?.name ?? '–', effect })));
  const byPlan = figures.sales.byPlan.flatMap(({ planCode, effects }): Group[] => effectIn(effects, currency).map((effect) => ({ name: plans.find(({ code }) => code === planCode)?.title ?? planCode, effect })));
  const side = (effect: SalesEffect, which: 'before' | 'after') => money(kind === 'tax' ? effect[which].vat : effect[which].gross, currency);
  const columns: readonly DataColumn<Group>[] = [
    { id: 'plan', header: t('plan'), cell: ({ name }) => name, card: 'title' },
    { id: 'sales', header: t('sales'), align: 'end', cell: ({ effect }) => <span className="figures">{formats.count(seen(effect))}</span> },
    { id: 'before', header: t('before'), align: 'end', cell: ({ effect }) => <Sum value={side(effect, 'before')} /> },
    { id: 'after', header: t('after'), align: 'end', cell: ({ effect }) => <Sum value={side(effect, 'after')} /> },
    { id: 'difference', header: t('difference'), align: 'end', cell: ({ effect }) => <Sum value={money(change(effect), currency)} strong /> },
  ];
  return (
    <div className="space-y-4">
      {currencies.length > 1 ? <NativeSelect aria-label={t('inCurrency')} className="w-28" value={currency} onChange={(event) => setChosen(currencies.find((one) => one === event.target.value))} options={currencies.map((value) => ({ value, label: value }))} /> : null}
      <div className="grid gap-4 *:min-w-0 2xl:grid-cols-2">
        <BarChart
          title={kind === 'tax' ? t('chartVat') : t('chartSales')} labelHeader={t('byBranch')} series={[{ key: 'change', label: t('change') }]}
          data={byBranch.map(({ name, effect }) => ({ label: name, values: { change: Number(change(effect)) / unit } }))}
          format={(value) => formats.money(amountOf(value))} formatAxis={(value) => formatAmount(amountOf(value), formats.locale).replace(/[.,]0+$/u, '')}
        />
        <DataTable label={t('byPlan')} columns={columns} rows={byPlan} rowKey={({ name }) => name} rowLabel={({ name }) => name} empty={null} />
      </div>
    </div>
  );
}

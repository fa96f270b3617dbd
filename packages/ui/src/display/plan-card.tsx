import type { ReactNode } from 'react';
import { Check } from 'lucide-react';
import { Card } from './card';

export type PlanCardProps = {
  title: string;
  tagline: string;
  /** An amount, or a word such as "free". */
  price: string;
  /** Period and tax; null where the price is a word. */
  priceNote: string | null;
  /** The price before something was taken off for everybody, shown struck. */
  fullPrice?: string | null | undefined;
  /** Why it costs less. */
  reasons?: readonly string[] | undefined;
  /** Says what the struck price is, to those who only hear. */
  fullPriceLabel?: string | undefined;
  covers: string;
  benefits: readonly string[];
  /** What is taken when money is recovered. */
  fee: string | null;
  /** What can be had beside it, each at its price. */
  extras?: readonly { readonly title: string; readonly price: string; readonly summary: string | null }[] | undefined;
  extrasTitle?: string | undefined;
  /** Level of the title. Default 3. */
  level?: 2 | 3 | undefined;
  /** What a reader can do with it, at the bottom. */
  action?: ReactNode;
};

/** What is offered with its whole price. Cards in a row are equally high. */
export function PlanCard({ title, tagline, price, priceNote, fullPrice = null, fullPriceLabel, reasons = [], covers, benefits, fee, extras = [], extrasTitle, level = 3, action }: PlanCardProps) {
  const Heading = `h${level}` as const;
  return (
    <Card className="flex h-full flex-col [&>div]:flex [&>div]:grow [&>div]:flex-col">
      <Heading className="text-section">{title}</Heading>
      <p className="mt-1 text-note text-ink-muted">{tagline}</p>
      <p className="mt-4">
        {fullPrice === null ? null : (
          <span className="mb-0.5 block text-ink-muted">
            <span className="sr-only">{fullPriceLabel} </span>
            <s className="figures">{fullPrice}</s>
          </span>
        )}
        {priceNote === null ? (
          <span className="text-xl font-bold">{price}</span>
        ) : (
          <>
            <span className="figures text-2xl font-bold">{price}</span> <span className="text-ink-muted">{priceNote}</span>
          </>
        )}
      </p>
      {reasons.map((reason) => <p key={reason} className="mt-1 text-note font-semibold text-success-ink">{reason}</p>)}
      <p className="mt-1 text-note text-ink-muted">{covers}</p>
      <ul className="mt-4 space-y-2">
        {benefits.map((benefit) => (
          <li key={benefit} className="flex gap-2">
            <Check className="mt-1 size-4 shrink-0 text-accent" aria-hidden="true" />
            <span>{benefit}</span>
          </li>
        ))}
      </ul>
      {extras.length === 0 ? null : (
        <div className="mt-4 border-t pt-3 text-note">
          <p className="font-semibold">{extrasTitle}</p>
          <ul className="mt-1 space-y-1">
            {extras.map((extra) => (
              <li key={extra.title}>
                <span className="flex items-baseline justify-between gap-3"><span>{extra.title}</span><span className="figures whitespace-nowrap">{extra.price}</span></span>
                {extra.summary === null ? null : <span className="block text-ink-muted">{extra.summary}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {fee === null ? null : <p className="mt-4 border-t pt-3 text-note text-ink-muted">{fee}</p>}
      {action ? <div className="mt-auto pt-5">{action}</div> : null}
    </Card>
  );
}

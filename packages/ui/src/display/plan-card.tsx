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
  covers: string;
  benefits: readonly string[];
  /** What is taken when money is recovered. */
  fee: string | null;
  /** Level of the title. Default 3. */
  level?: 2 | 3 | undefined;
  /** What a reader can do with it, at the bottom. */
  action?: ReactNode;
};

/** What is offered with its whole price. Cards in a row are equally high. */
export function PlanCard({ title, tagline, price, priceNote, covers, benefits, fee, level = 3, action }: PlanCardProps) {
  const Heading = `h${level}` as const;
  return (
    <Card className="flex h-full flex-col [&>div]:flex [&>div]:grow [&>div]:flex-col">
      <Heading className="text-section">{title}</Heading>
      <p className="mt-1 text-note text-ink-muted">{tagline}</p>
      <p className="mt-4">
        {priceNote === null ? (
          <span className="text-xl font-bold">{price}</span>
        ) : (
          <>
            <span className="figures text-2xl font-bold">{price}</span> <span className="text-ink-muted">{priceNote}</span>
          </>
        )}
      </p>
      <p className="mt-1 text-note text-ink-muted">{covers}</p>
      <ul className="mt-4 space-y-2">
        {benefits.map((benefit) => (
          <li key={benefit} className="flex gap-2">
            <Check className="mt-1 size-4 shrink-0 text-accent" aria-hidden="true" />
            <span>{benefit}</span>
          </li>
        ))}
      </ul>
      {fee === null ? null : <p className="mt-4 border-t pt-3 text-note text-ink-muted">{fee}</p>}
      {action ? <div className="mt-auto pt-5">{action}</div> : null}
    </Card>
  );
}

'use client';
import { money, parseMoney, type Money } from '@interdomestik/rules/money';
import { MoneyInput } from '@interdomestik/ui';
import { amountText } from '../../_parts/formats';
import { useFormats } from '../../_parts/use-formats';

interface MoneyFieldProps {
  readonly currency: Money['currency'];
  /** Minor units; null while nothing readable is typed. */
  readonly value: string | null;
  readonly onValueChange: (minor: string | null) => void;
}

/** An amount typed as people write it. */
export function MoneyField({ currency, value, onValueChange }: MoneyFieldProps) {
  const { locale } = useFormats();
  const parse = (text: string): string | null => {
    try {
      return parseMoney(text, currency).minor.toString();
    } catch {
      return null;
    }
  };
  return <MoneyInput currency={currency} value={value} onValueChange={(minor) => onValueChange(minor)} parse={parse} format={(minor) => amountText(money(BigInt(minor), currency), locale)} />;
}

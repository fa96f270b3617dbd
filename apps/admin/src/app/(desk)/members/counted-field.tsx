'use client';
import { money, parseMoney, type Money } from '@interdomestik/rules/money';
import { Field, MoneyInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { amountText } from '../../_parts/formats';
import { useFormats } from '../../_parts/use-formats';

interface CountedFieldProps {
  readonly amount: Money;
  /** Minor units as they were typed; null while nothing is. */
  readonly value: string | null;
  readonly onValueChange: (minor: string | null) => void;
  readonly error: string;
}

/** The cash that was counted for an amount. */
export function CountedField({ amount, value, onValueChange, error }: CountedFieldProps) {
  const t = useTranslations('admin.enrol');
  const formats = useFormats();
  const { currency } = amount;
  const parse = (text: string): string | null => {
    try {
      return parseMoney(text, currency).minor.toString();
    } catch {
      return null;
    }
  };
  return (
    <Field id="counted" label={t('counted')} help={t('countedHelp', { amount: formats.money(amount) })} error={error}>
      <MoneyInput currency={currency} value={value} onValueChange={onValueChange} parse={parse} format={(minor) => amountText(money(BigInt(minor), currency), formats.locale)} />
    </Field>
  );
}

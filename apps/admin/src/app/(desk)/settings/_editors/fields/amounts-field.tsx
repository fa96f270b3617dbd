'use client';
import type { Currency } from '@interdomestik/rules/money';
import { MoneyInput } from '@interdomestik/ui';
import { useFormats } from '../../../../_parts/use-formats';
import { fieldId, useRuleValue } from './field-life';
import { RuleField, type RuleFieldProps } from './rule-field';
import { amountHint, amountText, readAmount } from './typed';

interface Amount { readonly minor: string; readonly currency: string }

const isAmount = (value: unknown): value is Amount => typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value;

/** An amount per currency, typed in local format; an empty box means none in that currency. */
export function AmountsField({ currencies, ...field }: RuleFieldProps & { readonly currencies: readonly Currency[] }) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const { locale } = useFormats();
  const amounts = Array.isArray(value) ? value.filter(isAmount) : [];
  // a currency that the tenant no longer uses still shows what stands there
  const all = [...new Set<string>([...currencies, ...amounts.map(({ currency }) => currency)])];
  const put = (currency: string, minor: string | null) => {
    const next = all.flatMap((one): Amount[] => {
      if (one !== currency) return amounts.filter((amount) => amount.currency === one);
      return minor === null ? [] : [{ minor, currency }];
    });
    change(next);
  };
  return (
    <RuleField {...field} group>
      <div className="flex flex-wrap gap-3">
        {all.map((currency, index) => (
          <MoneyInput
            key={currency} id={index === 0 ? fieldId(field.path) : `${fieldId(field.path)}-${currency}`} aria-label={`${field.label}, ${currency}`}
            currency={currency} readOnly={readOnly} placeholder={amountHint(currency, locale)}
            value={amounts.find((amount) => amount.currency === currency)?.minor ?? null}
            parse={(text) => readAmount(text, currency)} format={(minor) => amountText(minor, currency, locale)}
            onValueChange={(minor, text) => put(currency, text.trim() === '' ? null : (minor ?? text.trim()))}
          />
        ))}
      </div>
    </RuleField>
  );
}

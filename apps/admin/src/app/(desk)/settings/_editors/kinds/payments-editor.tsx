'use client';
import { referenceForms } from '@interdomestik/rules/bank';
import { paymentMethods, paymentProviders, saleChannels, taxDocumentIssuers, type PaymentMethod } from '@interdomestik/rules/rule-sets';
import { Button, Card, IconButton } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps, StoredRule } from '../editor';
import { ChoiceField, LocalizedField, ManyField, NumberField, RadioField, ToggleField } from '../fields';

type Route = StoredRule<'payments'>['routes'][number];
const area = 'admin.settings.payments';

/** How money comes in, and who issues the document for it: one card a way to pay. */
export function PaymentsEditor({ value, onChange, currencies, languages, readOnly }: EditorProps<'payments'>) {
  const t = useTranslations('admin.settings.payments');
  const e = useTranslations('settings.editors');
  const say = useSay();
  const methodWord = (method: string) => say.word('common.paymentMethods', method);
  const missing = paymentMethods.filter((method) => value.routes.every((route) => route.method !== method));
  const add = (method: PaymentMethod) => {
    const route: Route = { method, provider: method === 'card' ? 'paddle' : method === 'cash' ? 'cash' : 'bank', taxDocumentIssuer: method === 'card' ? 'provider' : 'tenant', currencies: currencies.slice(0, 1), channels: ['branch'], active: false };
    onChange({ ...value, routes: [...value.routes, route] });
  };
  return (
    <div className="space-y-4">
      {value.routes.map((route, index) => {
        const at = `routes.${String(index)}`;
        return (
          <Card
            key={route.method} level={3} title={methodWord(route.method)}
            action={readOnly || value.routes.length === 1 ? undefined : <IconButton label={e('removeRoute', { name: methodWord(route.method) })} icon={<Trash2 />} onClick={() => onChange({ ...value, routes: value.routes.filter((one) => one.method !== route.method) })} />}
          >
            <div className="grid gap-6 lg:grid-cols-2">
              <ToggleField path={`${at}.active`} label={e('routeActive')} help={e('routeActiveHelp')} className="lg:col-span-2" />
              <ChoiceField path={`${at}.provider`} label={t('provider')} options={paymentProviders.map((provider) => ({ value: provider, label: say.word(`${area}.providers`, provider) }))} />
              <RadioField path={`${at}.taxDocumentIssuer`} label={t('document')} options={taxDocumentIssuers.map((issuer) => ({ value: issuer, label: say.word(`${area}.issuers`, issuer) }))} />
              <ManyField path={`${at}.channels`} label={t('channels')} columns={1} options={saleChannels.map((channel) => ({ value: channel, label: say.word('admin.settings.channels', channel) }))} />
              <ManyField path={`${at}.currencies`} label={t('currencies')} columns={1} options={inOrder(route.currencies, currencies).map((currency) => ({ value: currency, label: currency }))} />
              {route.currencies.length > 1 && !readOnly ? <Preferred route={route} onPrefer={(list) => onChange({ ...value, routes: value.routes.map((one) => (one.method === route.method ? { ...one, currencies: list } : one)) })} /> : null}
            </div>
          </Card>
        );
      })}
      <Card level={3} title={t('transfer')}>
        <div className="grid gap-6 lg:grid-cols-2">
          <NumberField path="bankTransfer.waitDays" label={t('waitDays')} help={t('waitDaysHelp')} />
          <RadioField path="bankTransfer.reference" label={t('reference')} options={referenceForms.map((form) => ({ value: form, label: say.word(`${area}.references`, form) }))} />
          {value.bankTransfer?.slip == null ? null : (
            <>
              <LocalizedField path="bankTransfer.slip.titles" label={t('slipTitle')} languages={languages} />
              <LocalizedField path="bankTransfer.slip.references" label={t('slipReference')} languages={languages} />
            </>
          )}
        </div>
      </Card>
      {readOnly || missing.length === 0 ? null : (
        <div className="flex flex-wrap gap-2">
          {missing.map((method) => <Button key={method} variant="secondary" icon={<Plus />} onClick={() => add(method)}>{e('addRoute', { name: methodWord(method) })}</Button>)}
        </div>
      )}
    </div>
  );
}

/** The chosen ones first, as they stand: their order says which is preferred. */
function inOrder<T extends string>(chosen: readonly T[], all: readonly T[]): T[] {
  return [...new Set([...chosen, ...all])];
}

function Preferred({ route, onPrefer }: { route: Route; onPrefer: (list: Route['currencies']) => void }) {
  const e = useTranslations('settings.editors');
  const [first] = route.currencies;
  return (
    <div className="lg:col-span-2">
      <p className="mb-2 text-note text-ink-muted">{e('preferredCurrency', { currency: first ?? '' })}</p>
      <div className="flex flex-wrap gap-2">
        {route.currencies.slice(1).map((currency) => (
          <Button key={currency} size="small" variant="secondary" onClick={() => onPrefer([currency, ...route.currencies.filter((one) => one !== currency)])}>{e('preferCurrency', { currency })}</Button>
        ))}
      </div>
    </div>
  );
}

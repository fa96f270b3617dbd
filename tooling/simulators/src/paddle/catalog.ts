import type { CurrencyCode, IPriceResponse, IProductResponse, Interval, TaxCategory } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { countOf, customDataOf, fieldsOf, maybeText, minorOf, textOf, wordOf } from './body';
import type { Fields } from './body';
import { instant, newPaddleId } from './clock';
import { badField, notFound } from './fault';

const currencies: readonly CurrencyCode[] = [
  'USD', 'EUR', 'GBP', 'JPY', 'AUD', 'CAD', 'CHF', 'CLP', 'HKD', 'SGD', 'SEK', 'ARS', 'BRL', 'CNY', 'COP', 'CZK', 'DKK', 'HUF', 'ILS', 'INR',
  'KRW', 'MXN', 'NOK', 'NZD', 'PEN', 'PLN', 'RUB', 'THB', 'TRY', 'TWD', 'UAH', 'VND', 'ZAR',
];
const taxCategories: readonly TaxCategory[] = [
  'standard', 'digital-goods', 'ebooks', 'implementation-services', 'professional-services', 'saas', 'software-programming-services', 'training-services', 'website-hosting',
];
const intervals: readonly Interval[] = ['day', 'week', 'month', 'year'];

/** The 33 currencies that the provider charges in; MKD is none of them. */
export function currencyOf(fields: Fields, name: string): CurrencyCode {
  return wordOf(fields, name, currencies);
}

export function productOf(account: Account, id: string): IProductResponse {
  const product = account.get('products', id);
  if (!product) throw notFound(id);
  return product;
}

export function makeProduct(fields: Fields, type: 'standard' | 'custom'): IProductResponse {
  const now = instant();
  return {
    id: newPaddleId('pro'),
    name: textOf(fields, 'name'),
    type,
    description: maybeText(fields, 'description'),
    tax_category: wordOf(fields, 'tax_category', taxCategories),
    image_url: maybeText(fields, 'image_url'),
    custom_data: customDataOf(fields),
    status: 'active',
    created_at: now,
    updated_at: now,
    import_meta: null,
  };
}

export function createProduct(account: Account, fields: Fields): IProductResponse {
  const product = makeProduct(fields, 'standard');
  account.put('products', product.id, product);
  account.webhooks.emit('product.created', product);
  return product;
}

function periodOf(value: unknown, name: string) {
  if (value === undefined || value === null) return null;
  const fields = fieldsOf(value, name);
  const frequency = countOf(fields, 'frequency', 0);
  if (frequency < 1) throw badField(`${name}.frequency`, 'frequency must be at least 1');
  return { interval: wordOf(fields, 'interval', intervals), frequency };
}

export function makePrice(fields: Fields, productId: string, type: 'standard' | 'custom'): IPriceResponse {
  const unit = fieldsOf(fields['unit_price'], 'unit_price');
  const range = fields['quantity'] === undefined ? {} : fieldsOf(fields['quantity'], 'quantity');
  const now = instant();
  return {
    id: newPaddleId('pri'),
    product_id: productId,
    description: textOf(fields, 'description'),
    type,
    name: maybeText(fields, 'name'),
    billing_cycle: periodOf(fields['billing_cycle'], 'billing_cycle'),
    trial_period: null,
    tax_mode: wordOf(fields, 'tax_mode', ['internal', 'external', 'account_setting', 'location'], 'account_setting'),
    unit_price: { amount: minorOf(unit, 'amount').toString(), currency_code: currencyOf(unit, 'currency_code') },
    unit_price_overrides: [],
    quantity: { minimum: countOf(range, 'minimum', 1), maximum: countOf(range, 'maximum', 100) },
    status: 'active',
    created_at: now,
    updated_at: now,
    custom_data: customDataOf(fields),
    import_meta: null,
  };
}

export function createPrice(account: Account, fields: Fields): IPriceResponse {
  const product = productOf(account, textOf(fields, 'product_id'));
  const price = makePrice(fields, product.id, 'standard');
  account.put('prices', price.id, price);
  account.webhooks.emit('price.created', price);
  return price;
}

import type { CountryCode, IAddressResponse, IBusinessResponse, ICustomerResponse } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { customDataOf, maybeText, textOf, wordOf } from './body';
import type { Fields } from './body';
import { instant, newPaddleId } from './clock';
import { ApiFault, badField, notFound } from './fault';

const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

function emailOf(fields: Fields): string {
  const email = textOf(fields, 'email');
  if (!emailShape.test(email)) throw badField('email', 'email is not valid');
  return email;
}

function refuseTakenEmail(account: Account, email: string, own?: string): void {
  for (const customer of account.all('customers').values()) {
    if (customer.id !== own && customer.email.toLowerCase() === email.toLowerCase()) {
      throw new ApiFault(409, 'customer_already_exists', `customer email conflicts with customer of id ${customer.id}`);
    }
  }
}

export function customerOf(account: Account, id: string): ICustomerResponse {
  const customer = account.get('customers', id);
  if (!customer) throw notFound(id);
  return customer;
}

export function createCustomer(account: Account, fields: Fields): ICustomerResponse {
  const email = emailOf(fields);
  refuseTakenEmail(account, email);
  const now = instant();
  const customer: ICustomerResponse = {
    id: newPaddleId('ctm'),
    name: maybeText(fields, 'name'),
    email,
    marketing_consent: false,
    status: 'active',
    custom_data: customDataOf(fields),
    locale: maybeText(fields, 'locale') ?? 'en',
    created_at: now,
    updated_at: now,
    import_meta: null,
  };
  account.put('customers', customer.id, customer);
  account.webhooks.emit('customer.created', customer);
  return customer;
}

export function updateCustomer(account: Account, id: string, fields: Fields): ICustomerResponse {
  const before = customerOf(account, id);
  const email = 'email' in fields ? emailOf(fields) : before.email;
  refuseTakenEmail(account, email, id);
  const customer: ICustomerResponse = {
    ...before,
    email,
    name: 'name' in fields ? maybeText(fields, 'name') : (before.name ?? null),
    locale: maybeText(fields, 'locale') ?? before.locale,
    status: wordOf(fields, 'status', ['active', 'archived'], before.status),
    custom_data: 'custom_data' in fields ? customDataOf(fields) : (before.custom_data ?? null),
    updated_at: instant(),
  };
  account.put('customers', id, customer);
  account.webhooks.emit('customer.updated', customer);
  return customer;
}

/** A signed-in visit of the payer's own page. Nothing of it is kept: the address says whose it is. */
export function createPortalSession(account: Account, customerId: string, base: string) {
  customerOf(account, customerId);
  return { id: newPaddleId('cpls'), customer_id: customerId, urls: { general: { overview: `${base}/portal/${customerId}` }, subscriptions: [] }, created_at: instant() };
}

export function createAddress(account: Account, customerId: string, fields: Fields): IAddressResponse {
  customerOf(account, customerId);
  const country = textOf(fields, 'country_code');
  if (!/^[A-Z]{2}$/u.test(country)) throw badField('country_code', 'country_code must be two capital letters');
  const now = instant();
  const id = newPaddleId('add');
  return account.put('addresses', id, {
    id,
    customer_id: customerId,
    description: maybeText(fields, 'description'),
    first_line: maybeText(fields, 'first_line'),
    second_line: maybeText(fields, 'second_line'),
    city: maybeText(fields, 'city'),
    postal_code: maybeText(fields, 'postal_code'),
    region: maybeText(fields, 'region'),
    country_code: country as CountryCode,
    custom_data: customDataOf(fields),
    status: 'active',
    created_at: now,
    updated_at: now,
    import_meta: null,
  });
}

export function createBusiness(account: Account, customerId: string, fields: Fields): IBusinessResponse {
  customerOf(account, customerId);
  const now = instant();
  const id = newPaddleId('biz');
  return account.put('businesses', id, {
    id,
    customer_id: customerId,
    name: textOf(fields, 'name'),
    company_number: maybeText(fields, 'company_number'),
    tax_identifier: maybeText(fields, 'tax_identifier'),
    status: 'active',
    contacts: [],
    created_at: now,
    updated_at: now,
    custom_data: customDataOf(fields),
    import_meta: null,
  });
}

import type { IncomingMessage } from 'node:http';
import type { Account, Records } from './account';
import { createAdjustment } from './adjustments';
import type { Fields } from './body';
import { createPrice, createProduct, productOf } from './catalog';
import { createAddress, createBusiness, createCustomer, createPortalSession, customerOf, updateCustomer } from './customers';
import { ApiFault, notFound } from './fault';
import { createSetting, settingOf, updateSetting } from './notification-settings';
import { page } from './paging';
import { cancelSubscription, subscriptionOf } from './subscriptions';
import { createTransaction, transactionOf, updateTransaction, withIncluded } from './transactions';

export type ApiRequest = {
  readonly method: string;
  readonly url: URL;
  readonly base: string;
  readonly fields: Fields;
  readonly account: Account;
  readonly later: (ms: number, run: () => void) => void;
};

export type ApiAnswer = { readonly status: number; readonly data: unknown; readonly pagination?: object };

type Handler = (request: ApiRequest, ids: readonly string[]) => ApiAnswer;

const ok = (data: unknown): ApiAnswer => ({ status: 200, data });
const created = (data: unknown): ApiAnswer => ({ status: 201, data });

function list(collection: keyof Records, standardSize: number, largest: number, keep: (row: object, ids: readonly string[]) => boolean = () => true): Handler {
  return ({ account, url, base }, ids) => {
    const rows = [...account.all(collection).values()].filter((row) => keep(row, ids));
    const idOf = (row: object) => String('event_id' in row ? row.event_id : 'id' in row ? row.id : '');
    return { status: 200, ...page(rows, idOf, url, base, standardSize, largest) };
  };
}

function ofCustomer(row: object, ids: readonly string[]): boolean {
  return 'customer_id' in row && row.customer_id === ids[0];
}

function one<K extends keyof Records>(collection: K): Handler {
  return ({ account }, [, id = '']) => {
    const row = account.get(collection, id);
    if (row === undefined) throw notFound(id);
    return ok(row);
  };
}

const routes: readonly (readonly [string, string, Handler])[] = [
  ['GET', '/customers', list('customers', 50, 200)],
  ['POST', '/customers', ({ account, fields }) => created(createCustomer(account, fields))],
  ['GET', '/customers/:id', ({ account }, [id = '']) => ok(customerOf(account, id))],
  ['POST', '/customers/:id/portal-sessions', ({ account, base }, [id = '']) => created(createPortalSession(account, id, base))],
  ['PATCH', '/customers/:id', ({ account, fields }, [id = '']) => ok(updateCustomer(account, id, fields))],
  ['GET', '/customers/:id/addresses', list('addresses', 50, 200, ofCustomer)],
  ['POST', '/customers/:id/addresses', ({ account, fields }, [id = '']) => created(createAddress(account, id, fields))],
  ['GET', '/customers/:id/addresses/:id', one('addresses')],
  ['GET', '/customers/:id/businesses', list('businesses', 50, 200, ofCustomer)],
  ['POST', '/customers/:id/businesses', ({ account, fields }, [id = '']) => created(createBusiness(account, id, fields))],
  ['GET', '/customers/:id/businesses/:id', one('businesses')],
  ['GET', '/products', list('products', 50, 200)],
  ['POST', '/products', ({ account, fields }) => created(createProduct(account, fields))],
  ['GET', '/products/:id', ({ account }, [id = '']) => ok(productOf(account, id))],
  ['GET', '/prices', list('prices', 50, 200)],
  ['POST', '/prices', ({ account, fields }) => created(createPrice(account, fields))],
  ['GET', '/transactions', list('transactions', 30, 30)],
  ['POST', '/transactions', ({ account, fields, base, url }) => created(withIncluded(account, createTransaction(account, fields, base), url.searchParams.get('include')))],
  ['GET', '/transactions/:id', ({ account, url }, [id = '']) => ok(withIncluded(account, transactionOf(account, id), url.searchParams.get('include')))],
  ['PATCH', '/transactions/:id', ({ account, fields }, [id = '']) => ok(updateTransaction(account, id, fields))],
  ['GET', '/adjustments', list('adjustments', 10, 50)],
  ['POST', '/adjustments', ({ account, fields, later }) => created(createAdjustment(account, fields, later))],
  ['GET', '/subscriptions', list('subscriptions', 50, 200)],
  ['GET', '/subscriptions/:id', ({ account }, [id = '']) => ok(subscriptionOf(account, id))],
  ['POST', '/subscriptions/:id/cancel', ({ account, fields }, [id = '']) => ok(cancelSubscription(account, id, fields))],
  ['GET', '/notification-settings', list('settings', 200, 200)],
  ['POST', '/notification-settings', ({ account, fields }) => created(createSetting(account, fields))],
  ['GET', '/notification-settings/:id', ({ account }, [id = '']) => ok(settingOf(account, id))],
  ['PATCH', '/notification-settings/:id', ({ account, fields }, [id = '']) => ok(updateSetting(account, id, fields))],
  ['GET', '/events', list('events', 50, 200)],
];

function match(pattern: string, path: string): string[] | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const ids: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part === ':id') ids.push(value);
    else if (part !== value) return null;
  }
  return ids;
}

/** Carries out one call of the API. Throws ApiFault. */
export function answerApi(request: ApiRequest): ApiAnswer {
  for (const [method, pattern, handler] of routes) {
    const ids = method === request.method ? match(pattern, request.url.pathname) : null;
    if (ids) return handler(request, ids);
  }
  throw new ApiFault(404, 'invalid_url', `${request.method} ${request.url.pathname} is not simulated`);
}

/** The key of an `Authorization: Bearer` header. Throws ApiFault. */
export function apiKeyOf(req: IncomingMessage): string {
  const [, key] = /^bearer (\S+)$/iu.exec(req.headers.authorization ?? '') ?? [];
  if (key === undefined) throw new ApiFault(403, 'authentication_missing', 'Authentication header missing');
  return key;
}

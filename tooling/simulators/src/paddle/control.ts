/**
 * Control endpoints of the Paddle simulator: POST with a JSON body, except the two GETs. Every one but `accounts`, `reset` and `ping`
 * names its account by `apiKey`.
 *
 *   GET  /_control/ping                {}                       -> {ok, accounts}
 *   GET  /_control/state?apiKey=       counts, deliveries and the webhook mode of one account
 *   POST /_control/accounts            {apiKey, clientToken, webhookSecret, webhookUrl, name, taxRateBp?, refundApprovalMs?}; again to change it
 *   POST /_control/webhooks            {duplicates?, shuffleMs?, delayMs?, wrongSignatures?, drop?, paused?}; what is left out stays
 *   POST /_control/webhooks/calm       all of these off, what was kept back is sent
 *   POST /_control/webhooks/flush      {order: kept | reversed | shuffled}; sends what `paused` kept back
 *   POST /_control/webhooks/replay     {eventId} or {all: true}, {times?}
 *   POST /_control/transactions/pay      {id}                   as if the payer had pressed Pay
 *   POST /_control/transactions/decline  {id, errorCode?}
 *   POST /_control/transactions/alter    {id, total}            changes the amount behind everybody's back, no event
 *   POST /_control/transactions/bulk     {count, amount, references?, events?}  paid transactions of one new customer; no events unless asked
 *   POST /_control/adjustments         {id, status: approved | rejected | reversed}
 *   POST /_control/chargebacks         {transactionId}
 *   POST /_control/faults              {kind: status | hang | reset | html, status?, path?, times?, ms?, retryAfter?, afterEffect?}
 *   POST /_control/faults/clear
 *   POST /_control/reset               forgets the records of every account, keeps the accounts
 */
import type { ErrorCode } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { accountInput } from './accounts';
import type { Accounts } from './accounts';
import { chargeBack, decideAdjustment } from './adjustments';
import { countOf, listOf, minorOf, textOf, wordOf } from './body';
import type { Fields } from './body';
import { makeBulk } from './bulk';
import { ApiFault } from './fault';
import type { PlannedFaults } from './faults';
import { decline, pay } from './lifecycle';
import { putMainSetting } from './notification-settings';
import { alterTotal } from './transactions';
import type { WebhookMode } from './webhooks';

export type ControlRequest = {
  readonly path: string;
  readonly fields: Fields;
  readonly base: string;
  readonly accounts: Accounts;
  readonly faults: PlannedFaults;
};

function accountOf({ accounts, fields }: ControlRequest): Account {
  const account = accounts.find(textOf(fields, 'apiKey'));
  if (!account) throw new ApiFault(404, 'not_found', 'no such account');
  return account;
}

function modeOf(fields: Fields): Partial<WebhookMode> {
  const change: Partial<WebhookMode> = {};
  for (const name of ['duplicates', 'shuffleMs', 'delayMs', 'wrongSignatures', 'drop'] as const) {
    if (fields[name] !== undefined) change[name] = countOf(fields, name, 0);
  }
  if (typeof fields['paused'] === 'boolean') change.paused = fields['paused'];
  return change;
}

function stateOf(account: Account) {
  const deliveries = [...account.all('deliveries').values()];
  const counts = Object.fromEntries((['customers', 'transactions', 'adjustments', 'subscriptions', 'events'] as const).map((name) => [name, account.all(name).size]));
  return { counts, mode: account.webhooks.mode, waiting: deliveries.filter(({ status }) => status === 'waiting').length, deliveries };
}

function replay(account: Account, fields: Fields): { sent: number } {
  const ids = fields['all'] === true ? [...account.all('events').keys()] : [textOf(fields, 'eventId')];
  const times = countOf(fields, 'times', 1);
  for (const id of ids) for (let time = 0; time < times; time += 1) account.webhooks.replay(id);
  return { sent: ids.length * times };
}

function planFault(faults: PlannedFaults, fields: Fields): void {
  const retryAfter = fields['retryAfter'];
  faults.plan({
    kind: wordOf(fields, 'kind', ['status', 'hang', 'reset', 'html'] as const),
    status: countOf(fields, 'status', 503),
    path: typeof fields['path'] === 'string' ? fields['path'] : '/',
    times: countOf(fields, 'times', 1),
    ms: countOf(fields, 'ms', 60_000),
    retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
    afterEffect: fields['afterEffect'] === true,
  });
}

function reset(accounts: Accounts): void {
  for (const account of accounts.all()) {
    account.webhooks.calm();
    account.journal.clear();
    putMainSetting(account);
  }
}

/** Carries out one control call and gives its answer. Throws ApiFault. */
export function answerControl(request: ControlRequest): unknown {
  const { path, fields, accounts, faults } = request;
  switch (path) {
    case 'ping':
      return { ok: true, accounts: accounts.all().map(({ settings }) => settings.name) };
    case 'accounts':
      return { name: accounts.register(accountInput(fields)).settings.name };
    case 'state':
      return stateOf(accountOf(request));
    case 'webhooks':
      return accountOf(request).webhooks.setMode(modeOf(fields));
    case 'webhooks/calm':
      return accountOf(request).webhooks.calm();
    case 'webhooks/flush':
      return { sent: accountOf(request).webhooks.flush(wordOf(fields, 'order', ['kept', 'reversed', 'shuffled'] as const, 'kept')) };
    case 'webhooks/replay':
      return replay(accountOf(request), fields);
    case 'transactions/pay':
      return pay(accountOf(request), textOf(fields, 'id'));
    case 'transactions/decline':
      return decline(accountOf(request), textOf(fields, 'id'), typeof fields['errorCode'] === 'string' ? (fields['errorCode'] as ErrorCode) : 'declined');
    case 'transactions/alter':
      return alterTotal(accountOf(request), textOf(fields, 'id'), minorOf(fields, 'total'));
    case 'transactions/bulk': {
      const references = fields['references'] === undefined ? [] : listOf(fields['references'], 'references').map(String);
      return { ids: makeBulk(accountOf(request), countOf(fields, 'count', references.length), minorOf(fields, 'amount'), references, fields['events'] === true, request.base) };
    }
    case 'adjustments':
      return decideAdjustment(accountOf(request), textOf(fields, 'id'), wordOf(fields, 'status', ['approved', 'rejected', 'reversed'] as const));
    case 'chargebacks':
      return chargeBack(accountOf(request), textOf(fields, 'transactionId'));
    case 'faults':
      planFault(faults, fields);
      return { ok: true };
    case 'faults/clear':
      faults.clear();
      return { ok: true };
    case 'reset':
      reset(accounts);
      return { ok: true };
    default:
      throw new ApiFault(404, 'not_found', `no control endpoint ${path}`);
  }
}

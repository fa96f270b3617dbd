import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { baseOf, listen, readBody, sendHtml, sendJson } from '../http';
import type { Simulator } from '../http';
import { Accounts } from './accounts';
import type { AccountInput } from './accounts';
import { resumeApprovals } from './adjustments';
import { answerApi, apiKeyOf } from './api';
import { fieldsOf } from './body';
import type { Fields } from './body';
import { answerControl } from './control';
import { ApiFault, faultBody } from './fault';
import { PlannedFaults, showFault } from './faults';
import { decline, paidStatuses, pay } from './lifecycle';
import { payPage, plainPage, portalPage } from './pay-page';
import { payLanguage } from './pay-words';
import { returnAddress } from './transactions';

export type PaddleOptions = {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  readonly accounts?: readonly AccountInput[];
  /** First and longest pause between two tries of a delivery; 1 s and 30 s. */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
};

async function jsonBody(req: IncomingMessage): Promise<Fields> {
  const raw = await readBody(req);
  if (raw.length === 0) return {};
  try {
    return fieldsOf(JSON.parse(raw.toString('utf8')), 'body');
  } catch (error) {
    if (error instanceof ApiFault) throw error;
    throw new ApiFault(400, 'bad_request', 'the body is not JSON');
  }
}

class PaddleServer {
  readonly accounts: Accounts;
  readonly faults = new PlannedFaults();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor({ dataDir, accounts = [], firstRetryMs = 1_000, longestRetryMs = 30_000 }: PaddleOptions) {
    this.accounts = new Accounts(dataDir, { firstRetryMs, longestRetryMs });
    for (const account of accounts) this.accounts.register(account);
    for (const account of this.accounts.all()) resumeApprovals(account, this.#later);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const account of this.accounts.all()) account.webhooks.stop();
  }

  handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', baseOf(req));
    const requestId = randomUUID();
    try {
      if (url.pathname.startsWith('/portal/')) this.#portal(req, res, url);
      else if (url.pathname.startsWith('/pay/')) await this.#pay(req, res, url);
      else if (url.pathname.startsWith('/_control/')) await this.#control(req, res, url);
      else await this.#api(req, res, url, requestId);
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      sendJson(res, error.status, faultBody(error, requestId));
    }
  };

  async #api(req: IncomingMessage, res: ServerResponse, url: URL, requestId: string): Promise<void> {
    const fault = this.faults.take(url.pathname);
    if (fault && !fault.afterEffect) return showFault(fault, res);
    const account = this.accounts.find(apiKeyOf(req));
    if (!account) throw new ApiFault(403, 'forbidden', 'You are not permitted to perform this request');
    const fields = await jsonBody(req);
    const answer = answerApi({ method: req.method ?? 'GET', url, base: baseOf(req), fields, account, later: this.#later });
    if (fault) return showFault(fault, res);
    const meta = { request_id: requestId, ...(answer.pagination && { pagination: answer.pagination }) };
    sendJson(res, answer.status, { data: answer.data, meta });
  }

  async #control(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice('/_control/'.length);
    const reading = req.method === 'GET' && (path === 'ping' || path === 'state');
    // a page of another site can send a form here, but not JSON without asking first
    if (!reading && (req.method !== 'POST' || !(req.headers['content-type'] ?? '').startsWith('application/json'))) {
      throw new ApiFault(405, 'method_not_allowed', 'POST with a JSON body');
    }
    const fields = reading ? Object.fromEntries(url.searchParams) : await jsonBody(req);
    sendJson(res, 200, answerControl({ path, fields, base: baseOf(req), accounts: this.accounts, faults: this.faults }) ?? {});
  }

  #portal(req: IncomingMessage, res: ServerResponse, url: URL): void {
    const id = url.pathname.slice('/portal/'.length);
    const account = this.accounts.serving(id);
    const customer = account?.get('customers', id);
    const language = payLanguage(customer?.locale, req.headers['accept-language']);
    if (!account || !customer) return sendHtml(res, 404, plainPage(language, 'missing'));
    sendHtml(res, 200, portalPage(language, [...account.all('transactions').values()].filter((transaction) => transaction.customer_id === id)));
  }

  async #pay(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const id = url.pathname.slice('/pay/'.length);
    const account = this.accounts.owning(id);
    const transaction = account?.get('transactions', id);
    const customer = transaction?.customer_id ? account?.get('customers', transaction.customer_id) : undefined;
    const language = payLanguage(customer?.locale, req.headers['accept-language']);
    if (!account || !transaction) return sendHtml(res, 404, plainPage(language, 'missing'));
    const leave = (outcome: 'success' | 'cancel'): void => {
      const location = returnAddress(transaction, outcome);
      if (location === null) sendHtml(res, 200, plainPage(language, outcome === 'success' ? 'paid' : 'gone'));
      else res.writeHead(303, { location, 'cache-control': 'no-store' }).end();
    };
    const action = req.method === 'POST' ? new URLSearchParams((await readBody(req)).toString('utf8')).get('action') : null;
    if (paidStatuses.includes(transaction.status)) return leave('success');
    if (transaction.status === 'canceled' || action === 'cancel') return leave('cancel');
    if (action === 'pay') {
      pay(account, id);
      return leave('success');
    }
    const declined = action === 'decline';
    if (declined) decline(account, id);
    sendHtml(res, 200, payPage(language, account.settings.name, transaction, declined));
  }

  #later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  };
}

/**
 * Starts the Paddle simulator on the loopback address: the API calls that we make, a hosted pay page at `/pay/<transaction>`, signed
 * webhooks, and the control endpoints listed in control.ts. Records are kept in `dataDir`. Throws PortTaken.
 */
export async function startPaddle(options: PaddleOptions): Promise<Simulator> {
  const paddle = new PaddleServer(options);
  try {
    const { port, stop } = await listen(options.port, paddle.handle);
    return {
      url: `http://localhost:${port}`,
      port,
      close: async () => {
        paddle.stop();
        await stop();
      },
    };
  } catch (error) {
    paddle.stop();
    throw error;
  }
}

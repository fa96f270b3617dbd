import type { ITransactionResponse } from '@paddle/paddle-node-sdk';
import { wordsOf } from './pay-words';
import type { PayLanguage } from './pay-words';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function safe(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

const exponents: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, CLP: 0 };

/** `2.035,50 €` from minor units, without floating numbers. */
export function amountText(minor: string, currency: string): string {
  const exponent = exponents[currency] ?? 2;
  const digits = minor.padStart(exponent + 1, '0');
  const units = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/gu, '.');
  const cents = exponent === 0 ? '' : `,${digits.slice(-exponent)}`;
  return `${units}${cents}\u00a0${currency === 'EUR' ? '€' : currency}`;
}

const style = `
:root{color-scheme:light dark;--paper:#f6f5f2;--card:#fff;--ink:#1d1f23;--soft:#676c75;--line:#e2e0da;--accent:#1f5f8b;--bad:#a3302a}
@media(prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1e2125;--ink:#f0efec;--soft:#a2a7b0;--line:#33373d;--accent:#7db8e0;--bad:#f0908a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--paper);color:var(--ink);font:16px/1.5 "Noto Sans",system-ui,sans-serif}
main{width:100%;max-width:420px;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:28px}
h1{margin:0 0 4px;font-size:15px;font-weight:600;color:var(--soft)}
.seller{margin:0 0 20px;font-size:20px;font-weight:600}
.amount{margin:0;font-size:36px;font-weight:700;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tax{margin:0 0 20px;color:var(--soft);font-size:14px}
ul{list-style:none;margin:0 0 20px;padding:16px 0 0;border-top:1px solid var(--line)}
li{display:flex;justify-content:space-between;gap:16px;padding:4px 0}
.testcard{margin:0 0 20px;padding:14px 16px;border:1px dashed var(--line);border-radius:10px;font-size:14px;color:var(--soft)}
.testcard b{display:block;color:var(--ink);font-size:17px;letter-spacing:.06em;font-variant-numeric:tabular-nums}
.bad{margin:0 0 16px;color:var(--bad);font-weight:600}
form{display:grid;gap:10px}
button{font:inherit;font-weight:600;min-height:46px;border-radius:10px;border:1px solid var(--line);background:transparent;color:var(--ink);cursor:pointer}
button[value=pay]{background:var(--accent);border-color:var(--accent);color:var(--card)}
button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.note{margin:20px 0 0;font-size:13px;color:var(--soft)}`;

function frame(language: PayLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(title)}</title><style>${style}</style></head>
<body><main>${body}<p class="note">${safe(wordsOf(language).note)}</p></main></body></html>`;
}

/** A page that says one thing: paid, given up, or unknown. */
export function plainPage(language: PayLanguage, message: 'paid' | 'gone' | 'missing'): string {
  const words = wordsOf(language);
  return frame(language, words.title, `<h1>${safe(words.title)}</h1><p class="seller">${safe(words[message])}</p>`);
}

/** The hosted checkout of one open transaction. */
export function payPage(language: PayLanguage, seller: string, transaction: ITransactionResponse, declined: boolean): string {
  const words = wordsOf(language);
  const totals = transaction.details?.totals;
  const currency = transaction.currency_code;
  const lines = (transaction.details?.line_items ?? [])
    .map((line) => `<li><span>${safe(line.product?.name ?? '')}${line.quantity > 1 ? ` × ${line.quantity}` : ''}</span><span>${safe(amountText(line.totals?.total ?? '0', currency))}</span></li>`)
    .join('');
  const body = `<h1>${safe(words.to)}</h1>
<p class="seller">${safe(seller)}</p>
<p class="amount">${safe(amountText(totals?.grand_total ?? '0', currency))}</p>
<p class="tax">${safe(words.tax)} ${safe(amountText(totals?.tax ?? '0', currency))}</p>
<ul>${lines}</ul>
${declined ? `<p class="bad" role="alert">${safe(words.declined)}</p>` : ''}
<p class="testcard">${safe(words.card)}<b>4242 4242 4242 4242</b>${safe(words.expires)} 12/35 · CVC 100</p>
<form method="post"><button name="action" value="pay">${safe(words.pay)} ${safe(amountText(totals?.grand_total ?? '0', currency))}</button>
<button name="action" value="decline">${safe(words.decline)}</button><button name="action" value="cancel">${safe(words.cancel)}</button></form>`;
  return frame(language, `${words.title} · ${seller}`, body);
}

/** The payer's own page: the card that is kept, and what was paid with it. */
export function portalPage(language: PayLanguage, transactions: readonly ITransactionResponse[]): string {
  const words = wordsOf(language);
  const lines = transactions
    .map(({ details, currency_code, status }) => `<li><span>${safe(status)}</span><span>${safe(amountText(details?.totals?.grand_total ?? '0', currency_code))}</span></li>`)
    .join('');
  return frame(language, words.title, `<h1>${safe(words.title)}</h1><p class="testcard">${safe(words.card)}<b>4242 4242 4242 4242</b>${safe(words.expires)} 12/35</p><ul>${lines}</ul>`);
}

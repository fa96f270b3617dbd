const words = {
  mk: { title: 'Плаќање', to: 'Продавач', amount: 'Износ', tax: 'од тоа данок', card: 'Пробна картичка', expires: 'важи до', pay: 'Плати', decline: 'Одбиј ја картичката', cancel: 'Откажи', declined: 'Картичката е одбиена. Обидете се повторно.', paid: 'Платено. Можете да го затворите прозорецот.', gone: 'Плаќањето е откажано.', note: 'Ова е симулатор на овој компјутер. Не се наплатуваат вистински пари.', missing: 'Нема такво плаќање.' },
  sq: { title: 'Pagesa', to: 'Shitësi', amount: 'Shuma', tax: 'prej saj tatim', card: 'Kartelë prove', expires: 'skadon më', pay: 'Paguaj', decline: 'Refuzo kartelën', cancel: 'Anulo', declined: 'Kartela u refuzua. Provoni përsëri.', paid: 'U pagua. Mund ta mbyllni dritaren.', gone: 'Pagesa u anulua.', note: 'Ky është një simulator në këtë kompjuter. Nuk merren para të vërteta.', missing: 'Nuk ka pagesë të tillë.' },
  sr: { title: 'Plaćanje', to: 'Prodavac', amount: 'Iznos', tax: 'od toga porez', card: 'Probna kartica', expires: 'važi do', pay: 'Plati', decline: 'Odbij karticu', cancel: 'Otkaži', declined: 'Kartica je odbijena. Pokušajte ponovo.', paid: 'Plaćeno. Možete zatvoriti prozor.', gone: 'Plaćanje je otkazano.', note: 'Ovo je simulator na ovom računaru. Ne naplaćuje se pravi novac.', missing: 'Nema takvog plaćanja.' },
  en: { title: 'Payment', to: 'Seller', amount: 'Amount', tax: 'of which tax', card: 'Test card', expires: 'expires', pay: 'Pay', decline: 'Decline the card', cancel: 'Cancel', declined: 'The card was declined. Try again.', paid: 'Paid. You can close this window.', gone: 'The payment was canceled.', note: 'This is a simulator on this computer. No real money is taken.', missing: 'There is no such payment.' },
} as const;

export type PayLanguage = keyof typeof words;
export type PayWords = (typeof words)[PayLanguage];

/** The payer's language, from the customer's locale or else the browser's; English when neither is one of ours. */
export function payLanguage(locale: string | undefined, acceptLanguage: string | undefined): PayLanguage {
  const asked = [locale ?? '', ...(acceptLanguage ?? '').split(',')].map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return asked.find((tag): tag is PayLanguage => Object.hasOwn(words, tag)) ?? 'en';
}

export function wordsOf(language: PayLanguage): PayWords {
  return words[language];
}

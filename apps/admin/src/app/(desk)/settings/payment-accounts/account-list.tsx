'use client';
import { printIban } from '@interdomestik/rules/bank';
import { Button, EmptyState } from '@interdomestik/ui';
import { CreditCard } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { AccountCard } from './account-card';
import { AccountForm } from './account-form';
import { BankForm } from './bank-form';
import { RetireSecret, SecretForm } from './secret-dialogs';
import { SwitchAccount } from './switch-account';
import { TrialDialog } from './trial-dialog';

export type Account = Outputs['paymentAccounts']['list'][number];
export type Secret = Account['secrets'][number];

/** What a person has asked to do with an account; one dialog at a time. */
export type Wish =
  | { readonly kind: 'edit' | 'switch' | 'addSecret' | 'bank'; readonly account: Account }
  | { readonly kind: 'try'; readonly account: Account; readonly secret: Secret | null }
  | { readonly kind: 'retire'; readonly account: Account; readonly secret: Secret }
  | { readonly kind: 'create' };

interface AccountListProps {
  readonly accounts: readonly Account[];
  readonly mayChange: boolean;
  readonly seesInbox: boolean;
}

export function AccountList({ accounts, mayChange, seesInbox }: AccountListProps) {
  const t = useTranslations('providerAccounts');
  const [wish, setWish] = useState<Wish | null>(null);
  const close = () => setWish(null);
  const cards = accounts.filter(({ provider }) => provider === 'paddle').toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || a.name.localeCompare(b.name));
  const own = accounts.filter(({ provider }) => provider !== 'paddle');
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-prose">
          <h2 className="text-lg">{t('title')}</h2>
          <p className="mt-1 text-ink-muted">{t('help')}</p>
        </div>
        {mayChange ? <Button onClick={() => setWish({ kind: 'create' })}>{t('add')}</Button> : null}
      </div>
      <div className="space-y-4">
        {cards.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState icon={<CreditCard />} title={t('none')}>{t('noneHelp')}</EmptyState></div> : null}
        {cards.map((account) => <AccountCard key={account.id} account={account} onWish={mayChange ? setWish : null} />)}
        {own.length === 0 ? null : (
          <section aria-label={t('own')}>
            <h3 className="mb-2 font-semibold">{t('own')}</h3>
            <ul className="divide-y divide-line rounded-card border bg-raised">
              {own.map((account) => (
                <li key={account.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
                  <span>
                    {t(account.provider === 'cash' ? 'providers.cash' : 'providers.bank_transfer')}
                    {account.provider === 'cash' ? null : account.bank === null ? <span className="block text-note text-warning-ink">{t('bankMissing')}</span> : <span className="block text-note text-ink-muted"><span className="figures">{printIban(account.bank.iban)}</span> · {account.bank.bank}</span>}
                  </span>
                  <span className="flex items-center gap-x-4 text-ink-muted">
                    {t('ownLine', { currency: account.currency })}
                    {account.provider === 'bank_transfer' && mayChange ? <Button size="small" variant="secondary" onClick={() => setWish({ kind: 'bank', account })}>{t('edit')}</Button> : null}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {wish?.kind === 'create' ? <AccountForm account={null} onClose={close} /> : null}
      {wish?.kind === 'edit' ? <AccountForm account={wish.account} onClose={close} /> : null}
      {wish?.kind === 'bank' ? <BankForm account={wish.account} onClose={close} /> : null}
      {wish?.kind === 'switch' ? <SwitchAccount account={wish.account} onClose={close} /> : null}
      {wish?.kind === 'addSecret' ? <SecretForm account={wish.account} onClose={close} /> : null}
      {wish?.kind === 'retire' ? <RetireSecret account={wish.account} secret={wish.secret} onClose={close} /> : null}
      {wish?.kind === 'try' ? <TrialDialog account={wish.account} secret={wish.secret} seesInbox={seesInbox} onClose={close} /> : null}
    </>
  );
}

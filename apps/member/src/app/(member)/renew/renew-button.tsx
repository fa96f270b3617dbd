'use client';
import { Button, Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { newId } from '@interdomestik/rules/ids';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

type Offered = Extract<Outputs['memberships']['renewal'], { kind: 'offer' }>;
type Amount = Offered['price']['total'];

/** Buys the next period at the price that is shown and leads to the provider's checkout or to the payment slip. A refusal shows as a toast; a checkout that does not open is found among the payments. */
export function RenewButton({ amount, payment, children }: { amount: Amount; payment: Offered['ways'][number]; children: string }) {
  const t = useTranslations('member.renew');
  const common = useTranslations('common.nav');
  // one key for this page: however often the button is pressed, it is one sale
  const [key] = useState(newId);
  const [leaving, setLeaving] = useState(false);
  const renew = trpc.memberships.renew.useMutation();
  const buy = () => renew.mutate({ payment, shown: { minor: String(amount.minor), currency: amount.currency }, idempotencyKey: key }, {
    onSuccess: ({ checkoutUrl }) => {
      if (checkoutUrl === null) return;
      setLeaving(true);
      window.location.assign(checkoutUrl);
    },
  });
  if (renew.isSuccess && renew.data.checkoutUrl === null) return <Notice tone="warning" live actions={<TextLink kind="standalone" href="/payments">{common('payments')}</TextLink>}>{t('later')}</Notice>;
  return <Button className="mt-5" loading={renew.isPending || leaving} onClick={buy}>{children}</Button>;
}

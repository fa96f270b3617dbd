'use client';
import { Button, Notice, TextLink, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { newId } from '@interdomestik/rules/ids';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

type Amount = Outputs['memberships']['upgradeOffer']['choices'][number]['price']['total'];

/** Buys the bigger plan for the difference that is shown and leads to the provider's checkout; where nothing is left to pay the plan changes at once. A refusal shows as a toast. */
export function UpgradeButton({ planCode, amount, children }: { planCode: string; amount: Amount; children: string }) {
  const t = useTranslations('member.upgrade');
  const common = useTranslations('common.nav');
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const upgrade = trpc.memberships.upgrade.useMutation();
  // made when it is pressed, so that the server's page and the browser's are the same; one for this page: however often it is pressed, it is one sale
  const [key, setKey] = useState<string | null>(null);
  const buy = () => {
    const idempotencyKey = key ?? newId();
    setKey(idempotencyKey);
    upgrade.mutate({ planCode, shown: { minor: String(amount.minor), currency: amount.currency }, idempotencyKey }, {
      onSuccess: ({ checkoutUrl, paymentId }) => {
        if (paymentId === null) {
          toast.success(t('changed'));
          router.push('/home');
          router.refresh();
        } else if (checkoutUrl !== null) {
          setLeaving(true);
          window.location.assign(checkoutUrl);
        }
      },
    });
  };
  if (upgrade.isSuccess && upgrade.data.paymentId !== null && upgrade.data.checkoutUrl === null) return <Notice tone="warning" live actions={<TextLink kind="standalone" href="/payments">{common('payments')}</TextLink>}>{t('later')}</Notice>;
  return <Button className="mt-5" loading={upgrade.isPending || leaving} onClick={buy}>{children}</Button>;
}

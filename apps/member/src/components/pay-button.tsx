'use client';
import { Button, type ButtonProps } from '@interdomestik/ui';
import { useState } from 'react';
import { trpc } from '~/trpc/client';

/** Opens the provider's checkout of an own pending payment in this tab. A refusal shows as a toast. */
export function useCheckout(): { open: (paymentId: string) => void; busy: boolean } {
  const [leaving, setLeaving] = useState(false);
  const checkout = trpc.payments.checkout.useMutation();
  return {
    busy: checkout.isPending || leaving,
    open: (paymentId) => checkout.mutate({ paymentId }, {
      onSuccess: ({ url }) => {
        setLeaving(true);
        window.location.assign(url);
      },
    }),
  };
}

/** A button that leads to paying. */
export function PayButton({ paymentId, ...rest }: ButtonProps & { paymentId: string }) {
  const checkout = useCheckout();
  return <Button {...rest} loading={checkout.busy} onClick={() => checkout.open(paymentId)} />;
}

'use client';
import { Button, type ButtonProps } from '@interdomestik/ui';
import { useState } from 'react';
import { trpc } from '~/trpc/client';

/** Opens the provider's checkout of the next part in this tab. A refusal shows as a toast. */
export function PayPart({ id, ...rest }: ButtonProps & { id: string }) {
  const [leaving, setLeaving] = useState(false);
  const pay = trpc.instalments.pay.useMutation();
  const open = () => pay.mutate({ id }, {
    onSuccess: ({ url }) => {
      setLeaving(true);
      window.location.assign(url);
    },
  });
  return <Button {...rest} loading={pay.isPending || leaving} onClick={open} />;
}

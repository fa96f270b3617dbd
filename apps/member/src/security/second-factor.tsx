'use client';
import { Button, Status, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';
import { FirstCode } from './first-code';
import { RecoveryCodes } from './recovery-codes';

/** The own second factor: whether it is on, another phone, new recovery codes, and off where nobody requires it. */
export function SecondFactor({ first }: { first: Outputs['secondFactor']['state'] }) {
  const t = useTranslations('common.security');
  const utils = trpc.useUtils();
  const { data: state } = trpc.secondFactor.state.useQuery(undefined, { initialData: first });
  const [offer, setOffer] = useState<Outputs['secondFactor']['begin'] | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = () => {
    void utils.secondFactor.invalidate();
    void utils.accounts.sessions.invalidate();
  };
  const begin = trpc.secondFactor.begin.useMutation({ onSuccess: setOffer });
  const renew = trpc.secondFactor.renewRecoveryCodes.useMutation({ onSuccess: ({ recoveryCodes }) => { setCodes(recoveryCodes); changed(); } });
  const remove = trpc.secondFactor.remove.useMutation({ onSuccess: () => { toast.success(t('isOff')); changed(); } });
  if (codes !== null) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />;
  if (offer !== null) {
    const done = (recoveryCodes: readonly string[]) => {
      setOffer(null);
      setCodes(recoveryCodes);
      toast.success(t('isOn'));
      changed();
    };
    return <FirstCode offer={offer} onDone={done} onCancel={() => setOffer(null)} />;
  }
  if (!state.on) {
    return (
      <>
        <Status tone="neutral">{t('off')}</Status>
        <p className="mt-2">{t('offHelp')}</p>
        <Button className="mt-4" variant="secondary" loading={begin.isPending} onClick={() => begin.mutate()}>{t('setUp')}</Button>
      </>
    );
  }
  return (
    <>
      <Status tone="success">{t('on')}</Status>
      <p className="mt-2">{t('onHelp')}</p>
      <p className="mt-1 text-note text-ink-muted">{t('codesLeft', { count: state.recoveryCodesLeft })}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="secondary" loading={renew.isPending} onClick={() => renew.mutate()}>{t('newCodes')}</Button>
        <Button variant="secondary" loading={begin.isPending} onClick={() => begin.mutate()}>{t('changePhone')}</Button>
        {state.required ? null : <Button variant="secondary" className="text-danger-ink" loading={remove.isPending} onClick={() => remove.mutate()}>{t('switchOff')}</Button>}
      </div>
    </>
  );
}

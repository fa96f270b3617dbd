'use client';
import { Button, Notice, toast } from '@interdomestik/ui';
import { Copy } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';

/** The codes for the day when the phone is lost, shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslations('common');
  const copy = async () => {
    await window.navigator.clipboard.writeText(codes.join('\n'));
    toast.success(t('ui.copied'));
  };
  return (
    <div className="space-y-4">
      <Notice tone="warning" live title={t('security.codesTitle')}>{t('security.codesHelp')}</Notice>
      <ul className="figures grid grid-cols-1 gap-x-6 gap-y-2 rounded-control border bg-sunken p-4 sm:grid-cols-2">{codes.map((code) => <li key={code} className="whitespace-nowrap">{code}</li>)}</ul>
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" icon={<Copy />} onClick={() => void copy()}>{t('security.copyCodes')}</Button>
        <Button onClick={onKept}>{t('security.codesKept')}</Button>
      </div>
    </div>
  );
}

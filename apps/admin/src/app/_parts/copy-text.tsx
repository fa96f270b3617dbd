'use client';
import { Button, toast } from '@interdomestik/ui';
import { Copy } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';

/** Puts a text where it can be pasted from, and says so. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const c = useTranslations('common.ui');
  const copy = async () => {
    await window.navigator.clipboard.writeText(text);
    toast.success(c('copied'));
  };
  return <Button variant="secondary" size="small" icon={<Copy />} onClick={() => void copy()}>{label}</Button>;
}

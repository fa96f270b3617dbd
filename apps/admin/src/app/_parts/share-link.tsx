'use client';
import { Button } from '@interdomestik/ui';
import { Send } from '@interdomestik/ui/icons';
import { useSyncExternalStore } from 'react';

interface ShareLinkProps {
  readonly url: string;
  /** What is said beside the link. */
  readonly text: string;
  readonly label: string;
}

const never = (): (() => void) => () => undefined;

/** Hands a link to the apps of the device; nothing where the browser cannot. */
export function ShareLink({ url, text, label }: ShareLinkProps) {
  const able = useSyncExternalStore(never, () => typeof window.navigator.share === 'function', () => false);
  if (!able) return null;
  // closing the device's own dialog is no failure
  const share = () => void window.navigator.share({ url, text }).catch(() => undefined);
  return <Button size="small" icon={<Send />} onClick={share}>{label}</Button>;
}

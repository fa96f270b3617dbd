'use client';
import { useEffect } from 'react';

/** Keeps the card on the device, so that it opens without a network. */
export function CardKeeper() {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    // without it everything works but the card needs a network: nothing to tell anybody
    void navigator.serviceWorker.register('/sw.js')
      .then(async () => await navigator.serviceWorker.ready)
      .then((worker) => worker.active?.postMessage('keep-card'))
      .catch(() => undefined);
  }, []);
  return null;
}

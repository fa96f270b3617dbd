'use client';
import { DateText } from '@interdomestik/ui';
import { formatInstant } from '@interdomestik/rules/periods';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** `formatInstant` on the clock of the device: outside a tenant there is no zone to go by. */
export function useDeviceMoment(): (at: Date) => string {
  const zone = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => 'UTC');
  return (at) => formatInstant(at, zone);
}

/** An instant on the clock of the device. */
export function DeviceMoment({ value }: { value: Date }) {
  const moment = useDeviceMoment();
  return <DateText iso={value.toISOString()}>{moment(value)}</DateText>;
}

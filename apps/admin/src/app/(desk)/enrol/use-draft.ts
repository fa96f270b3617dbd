'use client';
import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { EnrolForm } from './fields';

const key = 'enrol-draft';

/** What this tab kept of an enrolment that was not finished; signing out forgets it. */
export function readDraft(): Partial<EnrolForm> {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

export function dropDraft(): void {
  window.sessionStorage.removeItem(key);
}

/** Brings a draft back once, then keeps what is typed, so that a reload loses nothing. */
export function useDraft(form: UseFormReturn<EnrolForm>, restore: boolean): void {
  useEffect(() => {
    if (restore) form.reset({ ...form.getValues(), ...readDraft() });
    const watch = form.watch((values) => window.sessionStorage.setItem(key, JSON.stringify(values)));
    return () => watch.unsubscribe();
  }, [form, restore]);
}

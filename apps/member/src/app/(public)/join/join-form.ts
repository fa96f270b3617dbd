'use client';
import { newId } from '@interdomestik/rules/ids';
import { joinInputFor, type BuyerPayment } from '@interdomestik/rules/members';
import type { Country } from '@interdomestik/rules/country-packs';
import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import { useForm, useWatch, type DefaultValues, type Path } from 'react-hook-form';
import type { z } from 'zod';
import { localeOfTag } from '~/lib/locale';
import { formResolver } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

export type Plan = Outputs['plans']['list'][number];
export type JoinValues = z.input<ReturnType<typeof joinInputFor>>;
/** What the form sends once it is right. */
export type Joining = z.output<ReturnType<typeof joinInputFor>>;
export type JoinStep = 'plan' | 'extras' | 'person' | 'contact' | 'check';

export const joinSteps: readonly JoinStep[] = ['plan', 'extras', 'person', 'contact', 'check'];

/** The steps of joining with that plan: nobody is asked for extras where there are none. */
export const stepsFor = (plan: Plan | undefined): readonly JoinStep[] =>
  joinSteps.filter((step) => step !== 'extras' || (plan !== undefined && (plan.addons.length > 0 || plan.perExtraPerson !== null)));

/** The fields that each step asks for, in the order in which they stand. */
export const fieldsOf: Readonly<Record<JoinStep, readonly Path<JoinValues>[]>> = {
  plan: ['planCode'],
  extras: ['people', 'addons'],
  person: ['firstName', 'lastName', 'personalNumber', 'birthDate'],
  contact: ['email', 'phone', 'password'],
  check: ['payment', 'instalmentsCode', 'couponCode', 'referralCode', 'consents.terms.accepted', 'consents.privacy.accepted', 'consents.marketing'],
};

export interface JoinProps {
  readonly country: Country;
  readonly plans: readonly Plan[];
  /** How a buyer can pay today, the preferred way first. */
  readonly ways: readonly BuyerPayment[];
  readonly askBirthDate: boolean;
  readonly askReferral: boolean;
  readonly versions: { readonly terms: number; readonly privacy: number };
  readonly consents: { readonly terms: string; readonly privacy: string; readonly marketing: string };
}

const storageKey = 'idm-join';

function stored(): Partial<JoinValues> {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

/** Forgets what was written, once it has been sent. */
export function forgetJoin(): void {
  window.sessionStorage.removeItem(storageKey);
}

/**
 * The form of joining. What is written stays in this tab until it is sent, but for the password, which is never stored, and the consents, which are given
 * anew to the texts that are shown. `ready` is false until the stored answers are in place.
 */
export function useJoinForm({ country, versions, plans, ways }: JoinProps, wish: { plan: string | null; ref: string | null }) {
  const locale = localeOfTag(useLocale());
  const [ready, setReady] = useState(false);
  const [resolver] = useState(() => formResolver(joinInputFor(country)));
  const form = useForm<JoinValues, unknown, Joining>({ resolver, shouldFocusError: false });
  useEffect(() => {
    const before = stored();
    const wished = plans.find(({ code }) => code === wish.plan)?.code;
    const defaults: DefaultValues<JoinValues> = {
      planCode: wished ?? before.planCode ?? '', people: before.people ?? 1, addons: before.addons ?? [], couponCode: before.couponCode ?? '', instalmentsCode: before.instalmentsCode, payment: ways.find((way) => way === before.payment) ?? ways[0] ?? 'card', firstName: before.firstName ?? '', lastName: before.lastName ?? '', personalNumber: before.personalNumber ?? '', birthDate: before.birthDate ?? '',
      email: before.email ?? '', phone: before.phone ?? '', password: '', referralCode: wish.ref ?? before.referralCode ?? '', locale,
      consents: { terms: { version: versions.terms }, privacy: { version: versions.privacy }, marketing: false },
      idempotencyKey: before.idempotencyKey ?? newId(),
    };
    form.reset(defaults);
    setReady(true);
    // only once: later changes of the address are steps of this very form
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => form.setValue('locale', locale), [form, locale]);
  const values = useWatch({ control: form.control });
  useEffect(() => {
    if (!ready) return;
    const { password: _, consents: __, ...rest } = values;
    window.sessionStorage.setItem(storageKey, JSON.stringify(rest));
  }, [ready, values]);
  return { form, ready };
}

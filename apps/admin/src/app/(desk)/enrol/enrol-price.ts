'use client';
import type { Country } from '@interdomestik/rules/country-packs';
import { keepPreviousData } from '@tanstack/react-query';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { isFree, readPersonalNumber, type EnrolForm, type SellablePlan } from './fields';

export type EnrolPrice = Outputs['enrolments']['quote'];

export interface EnrolPrices {
  readonly cash: EnrolPrice | undefined;
  readonly card: EnrolPrice | undefined;
  readonly transfer: EnrolPrice | undefined;
  /** The price of the way to pay that is chosen; undefined while none is, or while it is on its way. */
  readonly chosen: EnrolPrice | undefined;
  /** Why there is no price. */
  readonly failure: unknown;
  /** True when nobody has to pay. */
  readonly free: boolean;
  readonly refetch: () => Promise<unknown>;
  /** Throws the server's refusal of a coupon. */
  readonly tryCoupon: (code: string) => Promise<unknown>;
}

/** What the sale costs each way, made by the server from everything that is chosen so far. `asking`: false while a person is typed, who changes with every key. */
export function useEnrolPrices(form: UseFormReturn<EnrolForm>, plan: SellablePlan | undefined, { country, takesCash, asking }: { country: Country; takesCash: boolean; asking: boolean }): EnrolPrices {
  const values = useWatch({ control: form.control });
  const utils = trpc.useUtils();
  const birthDate = values.birthDate || readPersonalNumber(country, values.personalNumber ?? '')?.birthDate;
  const about = {
    planCode: plan?.code ?? '', addons: (values.addons ?? []).filter((code) => code !== undefined), people: values.people ?? 1, couponCode: values.coupon ?? '', city: values.city || undefined,
    referralCode: values.referralCode ?? '', ...(values.instalments ? { instalmentsCode: values.instalments } : {}), ...(birthDate === undefined ? {} : { birthDate }),
  };
  const options = { placeholderData: keepPreviousData, retry: false, meta: { quiet: true } } as const;
  const cash = trpc.enrolments.quote.useQuery({ ...about, method: 'cash' }, { ...options, enabled: asking && plan !== undefined && plan.cash !== null && takesCash });
  const card = trpc.enrolments.quote.useQuery({ ...about, method: 'pay_link' }, { ...options, enabled: asking && plan !== undefined && plan.card !== null });
  const transfer = trpc.enrolments.quote.useQuery({ ...about, method: 'bank_transfer' }, { ...options, enabled: asking && plan !== undefined && plan.transfer !== null && !values.instalments });
  const query = values.payment === 'cash' ? cash : values.payment === 'pay_link' ? card : values.payment === 'bank_transfer' ? transfer : undefined;
  const any = query?.data ?? cash.data ?? card.data ?? transfer.data;
  return {
    cash: cash.data, card: card.data, transfer: values.instalments ? undefined : transfer.data, chosen: query?.data, failure: query?.error ?? cash.error ?? card.error ?? transfer.error, refetch: () => utils.enrolments.quote.invalidate(),
    tryCoupon: (couponCode) => utils.enrolments.quote.fetch({ ...about, couponCode, method: takesCash && plan?.cash !== null ? 'cash' : 'pay_link' }, { retry: false }),
    free: any === undefined ? plan !== undefined && isFree(plan) && about.addons.length === 0 : any.total.minor === 0n,
  };
}

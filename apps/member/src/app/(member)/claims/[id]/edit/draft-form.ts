'use client';
import { claimSubmitInput } from '@interdomestik/rules/claims';
import { isCurrency } from '@interdomestik/rules/money';
import { newId } from '@interdomestik/rules/ids';
import { parseDateOnly } from '@interdomestik/rules/periods';
import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch, type Path } from 'react-hook-form';
import type { z } from 'zod';
import { trpc } from '~/trpc/client';
import { formResolver } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';
import type { ClaimStep } from '~/components/claim-steps';

export type Claim = Outputs['claims']['get'];
export type ClaimValues = z.input<typeof claimSubmitInput>;

/** The fields that each step asks for, in the order in which they stand. */
export const fieldsOf: Readonly<Record<ClaimStep | 'category', readonly Path<ClaimValues>[]>> = {
  category: ['category'], what: ['incidentOn', 'description'], other: ['counterparty', 'amountClaimed'], documents: [], check: [],
};

const resolve = formResolver(claimSubmitInput);

/** An amount that was left empty is none, not a wrong one. */
const withoutEmpty = ({ amountClaimed, ...rest }: ClaimValues): ClaimValues =>
  amountClaimed === undefined || (amountClaimed.minor === undefined && (amountClaimed.text ?? '').trim() === '') ? rest : { ...rest, amountClaimed };

function readableDay(text: string): boolean {
  try {
    parseDateOnly(text);
    return true;
  } catch {
    return false;
  }
}

/** What of the answers can be kept as it stands: unreadable dates and amounts wait until they are mended. */
function keepable(values: ClaimValues) {
  const { category, incidentOn, counterparty, description, amountClaimed } = withoutEmpty(values);
  return {
    category, counterparty, description,
    ...(incidentOn === '' || readableDay(incidentOn) ? { incidentOn } : {}),
    ...(amountClaimed === undefined ? { amountClaimed: null } : amountClaimed.minor === undefined ? {} : { amountClaimed }),
  };
}

const pauseMs = 1200;

/** The form of a draft. What is written is kept on the server a moment after the last key, and at once by `keep`. */
export function useDraftForm(claim: Claim) {
  const currency = isCurrency(claim.currency) ? claim.currency : 'EUR';
  const form = useForm<ClaimValues, unknown, z.output<typeof claimSubmitInput>>({
    shouldFocusError: false,
    resolver: (values, context, options) => resolve(withoutEmpty(values), context, options),
    defaultValues: {
      category: claim.category, incidentOn: claim.incidentOn ?? '', counterparty: claim.counterparty, description: claim.description, idempotencyKey: newId(),
      amountClaimed: claim.claimed === null ? { currency, text: '' } : { currency: claim.claimed.currency, minor: claim.claimed.minor },
    },
  });
  const save = trpc.claims.saveDraft.useMutation({ meta: { quiet: true } });
  const values = useWatch({ control: form.control }) as ClaimValues;
  const words = JSON.stringify(keepable(values), (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  const kept = useRef(words);
  const [state, setState] = useState<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const { mutateAsync } = save;
  /** Keeps what is written now. False when it could not be kept. */
  const keep = async (): Promise<boolean> => {
    if (kept.current === words) return true;
    setState('saving');
    return await mutateAsync({ id: claim.id, ...keepable(form.getValues()) }).then(
      () => { kept.current = words; setState('saved'); return true; },
      () => { setState('failed'); return false; },
    );
  };
  const later = useRef(keep);
  useEffect(() => {
    later.current = keep;
  });
  useEffect(() => {
    if (kept.current === words) return undefined;
    const timer = window.setTimeout(() => void later.current(), pauseMs);
    return () => window.clearTimeout(timer);
  }, [words]);
  return { form, keep, state, currency };
}

import type { Country } from '@interdomestik/rules/country-packs';
import { enrolInput, enrolPayments, optionalDateSchema, personalNumberSchemaFor, phoneSchemaFor, referralCodeSchema } from '@interdomestik/rules/members';
import type { Money } from '@interdomestik/rules/money';
import { emailSchema, nameSchema, optionalTextSchema, parsePersonalNumber, type PersonalNumber } from '@interdomestik/rules/people';
import type { EnrolmentField } from '@interdomestik/rules/rule-sets';
import { z } from 'zod';
import type { Outputs } from '@/trpc/outputs';

/** The pages of the way, in order. */
export const steps = ['plan', 'person', 'payment', 'check', 'done'] as const;
export type Step = (typeof steps)[number];

/** Everything that is typed, as it was typed. */
export interface EnrolForm {
  planCode: string;
  addons: string[];
  /** People to be covered, the member included. */
  people: number;
  /** The coupon as it was applied. */
  coupon: string;
  /** The way to pay in parts that was chosen; empty: all at once. */
  instalments: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  personalNumber: string;
  birthDate: string;
  address: string;
  city: string;
  referralCode: string;
  locale: string;
  payment: '' | EnrolPayment;
  /** Minor units that were counted. */
  tendered: string;
  terms: boolean;
  privacy: boolean;
  marketing: boolean;
}

export type EnrolPayment = (typeof enrolPayments)[number];

export type SellablePlan = Outputs['enrolments']['plans'][number];
export type LegalText = Outputs['site']['legalText'];
export interface LegalTexts {
  readonly terms: LegalText;
  readonly privacy: LegalText;
  readonly marketing: LegalText;
}

/** True when nobody has to pay for the plan. */
export const isFree = (plan: SellablePlan): boolean => [plan.cash, plan.card, plan.transfer].some((price) => price?.minor === 0n);

/** What a personal number says of its holder, or null while it cannot be read. */
export function readPersonalNumber(country: Country, text: string): PersonalNumber | null {
  try {
    return parsePersonalNumber(country, text);
  } catch {
    return null;
  }
}

const required = z.string().trim().min(1);

/** The checks of one page; the procedure repeats them all. */
export function schemaOf(step: Step, country: Country, fields: readonly EnrolmentField[]): z.ZodType {
  if (step === 'plan') return z.object({ planCode: z.string().min(1, { error: 'errors.choice' }) });
  if (step === 'person') {
    const asked = (field: EnrolmentField, max: number) => (fields.includes(field) ? required.max(max) : optionalTextSchema(max));
    return z.object({
      firstName: nameSchema, lastName: nameSchema, email: z.union([z.literal(''), emailSchema], { error: 'errors.email' }), phone: phoneSchemaFor(country),
      personalNumber: personalNumberSchemaFor(country), birthDate: optionalDateSchema, address: asked('address', 200), city: asked('city', 100), referralCode: referralCodeSchema,
    });
  }
  if (step === 'payment') {
    return z.object({ payment: z.enum(enrolPayments, { error: 'errors.choice' }), email: z.string(), tendered: z.string() })
      .refine(({ payment, email }) => payment !== 'pay_link' || email.trim() !== '', { error: 'errors.required', path: ['email'] })
      .refine(({ payment, tendered }) => payment !== 'cash' || tendered !== '', { error: 'errors.required', path: ['tendered'] });
  }
  return z.object({ terms: z.literal(true, { error: 'errors.consent.required' }), privacy: z.literal(true, { error: 'errors.consent.required' }) });
}

const home: Readonly<Record<string, Step>> = { planCode: 'plan', addons: 'plan', people: 'plan', coupon: 'payment', instalments: 'payment', payment: 'payment', tendered: 'payment', amountTendered: 'payment', terms: 'check', privacy: 'check', consents: 'check' };

/** The field of the form that an input's field stands in. */
export const formFieldOf = (field: string): string => (field === 'amountTendered' ? 'tendered' : field === 'couponCode' ? 'coupon' : field === 'instalmentsCode' ? 'instalments' : (field.split('.')[0] ?? field));

/** The page on which a field stands. */
export const stepOf = (field: string): Step => home[field] ?? 'person';

/** The input of the procedure, without its key. */
export function inputOf(form: EnrolForm, texts: LegalTexts, leadId: string | undefined, shown: Money | undefined) {
  const payment: EnrolPayment = form.payment === '' ? 'pay_link' : form.payment;
  return {
    planCode: form.planCode, addons: form.addons, people: form.people, couponCode: form.coupon, ...(form.instalments === '' ? {} : { instalmentsCode: form.instalments }), ...(shown === undefined ? {} : { shown }), firstName: form.firstName, lastName: form.lastName, email: form.email, phone: form.phone, personalNumber: form.personalNumber,
    ...(form.birthDate === '' ? {} : { birthDate: form.birthDate }), address: form.address, city: form.city, referralCode: form.referralCode,
    locale: enrolInput.shape.locale.parse(form.locale),
    consents: { terms: { accepted: true as const, version: texts.terms.version }, privacy: { accepted: true as const, version: texts.privacy.version }, marketing: form.marketing },
    payment,
    ...(payment === 'cash' && shown !== undefined ? { amountTendered: { currency: shown.currency, minor: form.tendered } } : {}),
    ...(leadId === undefined ? {} : { leadId }),
  };
}

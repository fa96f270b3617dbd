import { z } from 'zod';
import { buyerPayments, byIdInput, deskQuoteInput, deskSaleInput, familyMemberInput, membershipStatuses, pauseInput, pauseRefusals, renewInput, upgradeInput, upgradeRefusals } from '@interdomestik/rules';
import { dayOut, moneyOut, ok, okOut, priceOut, saidLineOut } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { deskOffer, sellAtDesk } from './desk';
import { dunningOf } from './dunning';
import { cancelMembership, leavingView, takeBackCancellation } from './leave';
import { pauseMembership, pauseView, resumeMembership } from './pause';
import { renewMembership, renewalOffer } from './renew';
import { upgradeMembership, upgradeOffer } from './upgrade';
import { addFamilyMember, listFamily, myMemberships, removeFamilyMember, whyPrice } from './service';

const membershipOut = z.object({
  id: z.string(), planCode: z.string(), planTitle: z.string(), status: z.enum(membershipStatuses),
  startsOn: z.string().nullable(), endsOn: z.string().nullable(), price: moneyOut, createdAt: z.date(),
});
const personOut = z.object({ id: z.string(), firstName: z.string(), lastName: z.string(), relation: z.string() });

const mineOut = z.object({
  current: membershipOut.extend({ peopleLimit: z.number().nullable(), people: z.array(personOut) }).nullable(),
  history: z.array(membershipOut),
  pendingPayment: z.object({ paymentId: z.string(), checkoutUrl: z.string().nullable(), amount: moneyOut, failed: z.boolean(), method: z.enum(['card', 'bank_transfer']), expiresOn: z.string().nullable() }).nullable(),
});

const leftOut = z.object({ status: z.enum(membershipStatuses), endsOn: z.string().nullable() });

const pausedOut = leftOut.extend({ until: z.string().nullable() });

const periodOut = z.object({ start: dayOut, end: dayOut });
const renewalOut = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('assisted'), planTitle: z.string(), endsOn: dayOut }),
  z.object({ kind: z.literal('renewed'), planTitle: z.string(), period: periodOut }),
  z.object({ kind: z.literal('offer'), planTitle: z.string(), endsOn: dayOut, period: periodOut, gap: periodOut.nullable(), near: z.boolean(), people: z.number(), price: priceOut, ways: z.array(z.enum(buyerPayments)) }),
]);

const choiceOut = z.object({ planCode: z.string(), planTitle: z.string(), summary: z.string(), covers: z.string(), price: priceOut });
const upgradeOut = z.object({ refusal: z.enum([...upgradeRefusals, 'assisted']).nullable(), planTitle: z.string().nullable(), choices: z.array(choiceOut) });
const deskOut = z.object({
  refusal: z.enum(['renewed', 'free', 'unsold', ...upgradeRefusals]).nullable(),
  choices: z.array(choiceOut),
  offer: z.object({
    people: z.number(), addons: z.array(z.string()), period: periodOut, gap: periodOut.nullable(), price: priceOut, replaces: z.boolean(),
    cashLimit: moneyOut.nullable(), withinCashLimit: z.boolean(), handOverFirst: z.object({ held: moneyOut, limit: moneyOut }).nullable(),
  }).nullable(),
});
const deskSoldOut = z.object({
  membershipId: z.string(), paymentId: z.string().nullable(), receiptId: z.string().nullable(), receiptCode: z.string().nullable(), invoiceId: z.string().nullable(), invoiceCode: z.string().nullable(), startsOn: dayOut, endsOn: dayOut,
});

export const membershipsRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(z.void())
    .output(mineOut)
    .query(({ ctx }) => myMemberships(ctx.scope, ctx.locale, ctx.now)),

  renewal: tenantProcedure
    .meta({ permission: 'memberships.renew' })
    .input(z.object({ payment: z.enum(buyerPayments).optional() }).optional())
    .output(renewalOut)
    .query(({ ctx, input }) => renewalOffer(ctx.scope, input?.payment, ctx.locale, ctx.now)),

  renew: tenantProcedure
    .meta({ permission: 'memberships.renew' })
    .input(renewInput)
    .output(z.object({ membershipId: z.string(), paymentId: z.string(), checkoutUrl: z.string().nullable() }))
    .mutation(({ ctx, input }) => renewMembership(ctx.scope, input, ctx.now)),

  upgradeOffer: tenantProcedure
    .meta({ permission: 'memberships.renew' })
    .input(z.void())
    .output(upgradeOut)
    .query(({ ctx }) => upgradeOffer(ctx.scope, ctx.locale, ctx.now)),

  upgrade: tenantProcedure
    .meta({ permission: 'memberships.renew' })
    .input(upgradeInput)
    .output(z.object({ membershipId: z.string(), paymentId: z.string().nullable(), checkoutUrl: z.string().nullable() }))
    .mutation(({ ctx, input }) => upgradeMembership(ctx.scope, input, ctx.now)),

  deskOffer: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(deskQuoteInput)
    .output(deskOut)
    .query(({ ctx, input }) => deskOffer(ctx.scope, input, ctx.locale, ctx.now)),

  sellAtDesk: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(deskSaleInput)
    .output(deskSoldOut)
    .mutation(({ ctx, input }) => sellAtDesk(ctx.scope, input, ctx.now)),

  dunning: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(z.void())
    .output(z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('failed'), paymentId: z.string(), amount: moneyOut }),
      z.object({ kind: z.literal('past_due'), planTitle: z.string(), until: dayOut }),
      z.object({ kind: z.literal('overdue'), dueOn: dayOut, amount: moneyOut }),
      z.object({ kind: z.literal('lapsed'), planTitle: z.string(), endedOn: dayOut }),
    ]))
    .query(({ ctx }) => dunningOf(ctx.scope, ctx.locale, ctx.now)),

  pausing: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(byIdInput)
    .output(z.object({ refusal: z.enum(pauseRefusals).nullable(), from: dayOut.nullable(), least: z.number(), most: z.number(), prolongs: z.boolean(), paused: z.object({ from: dayOut, until: dayOut }).nullable(), resume: z.boolean() }))
    .query(({ ctx, input }) => pauseView(ctx.scope, input.id, ctx.now)),

  pause: tenantProcedure
    .meta({ permission: 'memberships.pause' })
    .input(pauseInput)
    .output(pausedOut)
    .mutation(({ ctx, input }) => pauseMembership(ctx.scope, input, ctx.now)),

  resume: tenantProcedure
    .meta({ permission: 'memberships.pause' })
    .input(byIdInput)
    .output(pausedOut)
    .mutation(({ ctx, input }) => resumeMembership(ctx.scope, input.id, ctx.now)),

  leaving: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(byIdInput)
    .output(leftOut.extend({ cancel: z.boolean(), takeBack: z.boolean() }))
    .query(({ ctx, input }) => leavingView(ctx.scope, input.id, ctx.now)),

  cancel: tenantProcedure
    .meta({ permission: 'memberships.cancel' })
    .input(byIdInput)
    .output(leftOut)
    .mutation(({ ctx, input }) => cancelMembership(ctx.scope, input.id, ctx.now)),

  takeBack: tenantProcedure
    .meta({ permission: 'memberships.cancel' })
    .input(byIdInput)
    .output(leftOut)
    .mutation(({ ctx, input }) => takeBackCancellation(ctx.scope, input.id, ctx.now)),

  family: tenantProcedure
    .meta({ permission: 'family.write' })
    .input(z.void())
    .output(z.object({ membershipId: z.string().nullable(), peopleLimit: z.number().nullable(), people: z.array(personOut.extend({ birthDate: z.string().nullable() })) }))
    .query(({ ctx }) => listFamily(ctx.scope, ctx.now)),

  addFamilyMember: tenantProcedure
    .meta({ permission: 'family.write' })
    .input(familyMemberInput)
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await addFamilyMember(ctx.scope, input, ctx.now) })),

  removeFamilyMember: tenantProcedure
    .meta({ permission: 'family.write' })
    .input(byIdInput)
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await removeFamilyMember(ctx.scope, input.id);
      return ok;
    }),

  whyPrice: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(byIdInput)
    .output(z.object({
      price: moneyOut,
      rule: z.object({ kind: z.string(), version: z.number(), source: z.enum(['branch', 'tenant', 'pack']) }).nullable(),
      lines: z.array(saidLineOut),
      steps: z.array(z.string()),
    }))
    .query(({ ctx, input }) => whyPrice(ctx.scope, input.id, ctx.locale)),
});

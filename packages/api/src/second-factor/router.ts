import { z } from 'zod';
import { byIdInput, secondFactorCodeInput, secondFactorConfirmInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, enteringProcedure, router } from '../trpc';
import { holderOf } from './holder';
import { resetSecondFactorOf } from './reset';
import { beginSecondFactor, confirmSecondFactor, describeSecondFactor, giveCode, removeSecondFactor, renewRecoveryCodes } from './service';

const stateOut = z.object({
  needs: z.enum(['code', 'setup']).nullable(), firstName: z.string(), on: z.boolean(), required: z.boolean(), recoveryCodesLeft: z.number(), demo: z.boolean(), demoCode: z.string().nullable(),
});
const codesOut = z.object({ recoveryCodes: z.array(z.string()) });

// what a browser may do here is decided by its session's own state, which a permission cannot say
const entering = enteringProcedure.meta({ permission: 'self.write' });

export const secondFactorRouter = router({
  state: enteringProcedure.meta({ permission: 'self.read' }).input(z.void()).output(stateOut).query(({ ctx }) => describeSecondFactor(holderOf(ctx), ctx.now)),

  verify: entering.input(secondFactorCodeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await giveCode(holderOf(ctx), input.code, ctx.now);
    return ok;
  }),

  begin: entering.input(z.void()).output(z.object({ secret: z.string(), qrSvg: z.string(), ticket: z.string() })).mutation(({ ctx }) => beginSecondFactor(holderOf(ctx), ctx.now)),

  confirm: entering.input(secondFactorConfirmInput).output(codesOut).mutation(({ ctx, input }) => confirmSecondFactor(holderOf(ctx), input, ctx.now)),

  renewRecoveryCodes: entering.input(z.void()).output(codesOut).mutation(({ ctx }) => renewRecoveryCodes(holderOf(ctx), ctx.now)),

  remove: entering.input(z.void()).output(okOut).mutation(async ({ ctx }) => {
    await removeSecondFactor(holderOf(ctx), ctx.now);
    return ok;
  }),

  resetFor: branchProcedure.meta({ permission: 'staff.invite', fresh: true }).input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => {
    await resetSecondFactorOf(ctx.scope, input.id, ctx.now);
    return ok;
  }),
});

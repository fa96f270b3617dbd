import { z } from 'zod';
import { ruleKindSchema } from '@interdomestik/rules';
import { branchProcedure, router } from '../trpc';
import { rulesInForce } from './service';

const ruleOut = z.object({ kind: ruleKindSchema, version: z.number(), source: z.string(), value: z.unknown() });

export const settingsRouter = router({
  rules: branchProcedure.meta({ permission: 'settings.read' }).output(z.array(ruleOut)).query(({ ctx }) => rulesInForce(ctx.scope, ctx.now)),
});

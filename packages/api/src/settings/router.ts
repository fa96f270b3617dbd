import { z } from 'zod';
import { atRevisionInput, byIdInput, previewPlansInput, previewQuoteInput, publishRuleInput, rebaseRuleInput, rollbackRuleInput, ruleKindInput, ruleKindSchema, saveRuleDraftInput, whyRuleInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { discardDraft, saveDraft } from './drafts';
import { rulesOverview } from './overview';
import { previewPlans, previewQuote } from './preview';
import { approveDraft, publishDraft, validateDraft } from './publish';
import { rebaseDraft } from './rebase';
import { getKind, getVersion } from './read';
import { rulesInForce } from './service';
import { checkedOut, kindOut, overviewOut, previewPlansOut, previewQuoteOut, rebasedOut, savedOut, versionOut, versionPageOut, whyOut } from './shapes';
import { ruleTools } from './tools';
import { rollbackTo, withdrawVersion } from './undo';
import { whyValue } from './why';

const ruleOut = z.object({ kind: ruleKindSchema, version: z.number(), source: z.string(), value: z.unknown() });

const read = branchProcedure.meta({ permission: 'settings.read' });
const write = branchProcedure.meta({ permission: 'settings.write' });

export const settingsRouter = router({
  ...ruleTools,
  rules: read.output(z.array(ruleOut)).query(({ ctx }) => rulesInForce(ctx.scope, ctx.now)),
  overview: read.output(overviewOut).query(({ ctx }) => rulesOverview(ctx.scope, ctx.now)),
  kind: read.input(ruleKindInput).output(kindOut).query(({ ctx, input }) => getKind(ctx.scope, input, ctx.now)),
  version: read.input(byIdInput).output(versionPageOut).query(({ ctx, input }) => getVersion(ctx.scope, input.id, ctx.now)),
  why: read.input(whyRuleInput).output(whyOut).query(({ ctx, input }) => whyValue(ctx.scope, input, ctx.now)),
  // POST, for a document outgrows an address; they write nothing
  previewPlans: read.input(previewPlansInput).output(previewPlansOut).mutation(({ ctx, input }) => previewPlans(ctx.scope, input, ctx.now)),
  previewQuote: read.input(previewQuoteInput).output(previewQuoteOut).mutation(({ ctx, input }) => previewQuote(ctx.scope, input, ctx.now)),
  saveDraft: write.input(saveRuleDraftInput).output(savedOut).mutation(({ ctx, input }) => saveDraft(ctx.scope, input, ctx.now)),
  discardDraft: write.input(atRevisionInput).output(okOut).mutation(async ({ ctx, input }) => { await discardDraft(ctx.scope, input, ctx.now); return ok; }),
  rebase: write.input(rebaseRuleInput).output(rebasedOut).mutation(({ ctx, input }) => rebaseDraft(ctx.scope, input, ctx.now)),
  validateDraft: write.input(atRevisionInput).output(checkedOut).mutation(({ ctx, input }) => validateDraft(ctx.scope, input, ctx.now)),
  approve: write.input(atRevisionInput).output(versionOut).mutation(({ ctx, input }) => approveDraft(ctx.scope, input, ctx.now)),
  publish: write.input(publishRuleInput).output(versionOut).mutation(({ ctx, input }) => publishDraft(ctx.scope, input, ctx.now)),
  withdraw: write.input(byIdInput).output(versionOut).mutation(({ ctx, input }) => withdrawVersion(ctx.scope, input.id, ctx.now)),
  rollback: write.input(rollbackRuleInput).output(versionOut).mutation(({ ctx, input }) => rollbackTo(ctx.scope, input, ctx.now)),
});

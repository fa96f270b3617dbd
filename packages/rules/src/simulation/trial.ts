import type { Json, ResolvedRule, RuleReceipt } from '../rule-sets'
import type { QuoteRules } from '../products'
import { compareClaim } from './claims'
import type { ClaimComparison, ClaimSide, PastClaim } from './claims'
import { ClaimsSum, FeesSum, SalesSum } from './effects'
import { compareFee } from './fees'
import type { FeeComparison, PastRecovery } from './fees'
import { mostTrialRows, trialFigures } from './figures'
import type { TrialFigure, TrialFigures, TriedKind } from './figures'
import { LargestRows } from './largest'
import type { Ranked, TrialRow } from './largest'
import { trialNotes } from './notes'
import { compareSale } from './sales'
import type { PastSale, Refusal, SaleComparison, SalePrice } from './sales'

const reasonJson = (reason: Refusal | null): Json => (reason === null ? null : { key: reason.key, params: { ...reason.params } })
const stepsJson = (steps: RuleReceipt['explain']): Json => steps.map(({ key, params }) => ({ key, params: { ...params } }))
const priceJson = (price: SalePrice | null) => (price === null ? {} : { net: price.net.toString(), vat: price.vat.toString(), rateBp: price.rateBp, steps: stepsJson(price.steps) })

function saleRow({ entityId, branchId, request, billedMinor }: PastSale, { currency, before, after, reason }: SaleComparison, figure: TrialFigure): TrialRow {
  const amount = (price: SalePrice | null): bigint | null => (price === null ? null : figure === 'vat_more' || figure === 'vat_less' ? price.vat : price.gross)
  const { planCode, channel, on, people } = request
  return {
    entity: 'membership', entityId, branchId, currency, beforeMinor: amount(before), afterMinor: amount(after),
    before: { planCode, channel, on, people, billed: billedMinor.toString(), ...priceJson(before) },
    after: { reason: reasonJson(reason), ...priceJson(after) },
  }
}

function feeRow({ entityId, branchId, planCode, recovery, billedMinor }: PastRecovery, { currency, before, after, reason }: FeeComparison): TrialRow {
  return {
    entity: 'claim', entityId, branchId, currency, beforeMinor: before?.fee ?? null, afterMinor: after?.fee ?? null,
    before: { planCode, recovered: recovery.recovered.minor.toString(), billed: billedMinor.toString(), steps: before === null ? [] : stepsJson(before.steps) },
    after: { reason: reasonJson(reason), steps: after === null ? [] : stepsJson(after.steps) },
  }
}

const sideJson = ({ routeCode, priority, missing, deadlines, late }: ClaimSide): { readonly [name: string]: Json } => ({
  routeCode, priority, late, missing: [...missing],
  deadlines: deadlines.map(({ state, since, left, due }) => ({ state, since: since.toISOString(), left: left?.toISOString() ?? null, due: due?.toISOString() ?? null })),
})

function claimRow({ entityId, branchId, category }: PastClaim, { before, after, blocked }: ClaimComparison): TrialRow {
  return {
    entity: 'claim', entityId, branchId, currency: null, beforeMinor: null, afterMinor: null,
    before: { category, ...sideJson(before) },
    after: { ...sideJson(after), blocked: blocked.map(({ from, to, at, reason }) => ({ from, to, at: at.toISOString(), reason: reasonJson(reason) })) },
  }
}

function groupOf<T>(groups: Map<string, T>, name: string, make: () => T): T {
  const group = groups.get(name) ?? make()
  groups.set(name, group)
  return group
}

const inOrder = <T>(groups: Map<string, T>): (readonly [string, T])[] => [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))

/** The rules that a trial holds against each other; workflows may differ by branch. */
export type TrialRules = {
  readonly current: QuoteRules
  readonly draft: QuoteRules
  /** Of the tenant, or of the one branch that the draft is for. */
  readonly workflows: WorkflowsPair
  readonly workflowsOf: (branchId: string) => WorkflowsPair
}
export type WorkflowsPair = { readonly current: ResolvedRule<'workflows'>; readonly draft: ResolvedRule<'workflows'> }

/**
 * One draft, tried on one past record after the other. Pure: whoever reads the records adds them, in any order, and takes the result. The same
 * records give the same result, whatever their order.
 */
export class Trial {
  readonly #kind: TriedKind
  readonly #rules: TrialRules
  readonly #until: Date
  readonly #rows = new Map<TrialFigure, LargestRows>()
  readonly #uncompared = new Map<string, number>()
  readonly #sales = { total: new SalesSum(), byBranch: new Map<string, SalesSum>(), byPlan: new Map<string, SalesSum>() }
  readonly #fees = { total: new FeesSum(), byBranch: new Map<string, FeesSum>() }
  readonly #claims = { total: new ClaimsSum(), byBranch: new Map<string, ClaimsSum>() }
  #withoutReceipt = 0

  constructor(kind: TriedKind, rules: TrialRules, until: Date) {
    this.#kind = kind
    this.#rules = rules
    this.#until = until
  }

  /** A sale; `known`: its own receipt says what was asked, rather than its columns alone. */
  addSale(sale: PastSale, known: boolean): void {
    const compared = compareSale(this.#rules.current, this.#rules.draft, sale.request)
    const { verdict, before, after } = compared
    if (!known) this.#withoutReceipt += 1
    const { total, byBranch, byPlan } = this.#sales
    for (const sum of [total, groupOf(byBranch, sale.branchId, () => new SalesSum()), groupOf(byPlan, sale.request.planCode, () => new SalesSum())]) sum.add(compared, sale.billedMinor)
    if (verdict === 'uncompared') {
      this.#leaveOut('membership', sale.entityId, sale.request.currency, compared.reason?.key, () => saleRow(sale, compared, 'uncompared'))
      return
    }
    const figure = this.#figureOf(compared)
    if (figure === null) return
    const weight = figure === 'vat_more' || figure === 'vat_less' ? (after?.vat ?? 0n) - (before?.vat ?? 0n) : (after?.gross ?? 0n) - (before?.gross ?? 0n)
    this.#keep(figure, { entityId: sale.entityId, currency: compared.currency, weight }, () => saleRow(sale, compared, figure))
  }

  /** A sale that nobody quoted, such as one that was taken over from before; `key` says why. */
  leaveOutSale(sale: Pick<PastSale, 'entityId' | 'branchId' | 'billedMinor'> & { readonly planCode: string; readonly currency: string }, key: string): void {
    const { entityId, branchId, planCode, currency, billedMinor } = sale
    this.#leaveOut('membership', entityId, currency, key, () => ({
      entity: 'membership', entityId, branchId, currency, beforeMinor: billedMinor, afterMinor: null, before: { planCode, billed: billedMinor.toString() }, after: { reason: { key, params: {} } },
    }))
  }

  addFee(claim: PastRecovery): void {
    const compared = compareFee(this.#rules.current.products, this.#rules.draft.products, claim)
    const { verdict, before, after } = compared
    const row = (): TrialRow => feeRow(claim, compared)
    if (verdict === 'uncompared') {
      this.#leaveOut('claim', claim.entityId, compared.currency, compared.reason?.key, row)
      return
    }
    for (const sum of [this.#fees.total, groupOf(this.#fees.byBranch, claim.branchId, () => new FeesSum())]) sum.add(compared, claim.billedMinor)
    if (verdict !== 'same') this.#keep(verdict === 'more' ? 'fee_more' : 'fee_less', { entityId: claim.entityId, currency: compared.currency, weight: (after?.fee ?? 0n) - (before?.fee ?? 0n) }, row)
  }

  addClaim(claim: PastClaim): void {
    const { current, draft } = this.#rules.workflowsOf(claim.branchId)
    const compared = compareClaim(current, draft, claim, this.#until)
    for (const sum of [this.#claims.total, groupOf(this.#claims.byBranch, claim.branchId, () => new ClaimsSum())]) sum.add(compared)
    const { routeChanged, documentsChanged, dueShift, blocked } = compared
    if (!routeChanged && !documentsChanged && dueShift === 0 && blocked.length === 0) return
    const keep = (figure: TrialFigure, weight: number): void => this.#keep(figure, { entityId: claim.entityId, currency: null, weight: BigInt(weight) }, () => claimRow(claim, compared))
    if (routeChanged) keep('route', 0)
    if (documentsChanged) keep('documents', compared.after.missing.length - compared.before.missing.length)
    if (dueShift !== 0) keep(dueShift < 0 ? 'due_sooner' : 'due_later', dueShift)
    if (blocked.length > 0) keep('blocked', blocked.length)
  }

  result(): { readonly figures: TrialFigures; readonly rows: ReadonlyMap<TrialFigure, readonly TrialRow[]> } {
    const rows = new Map(trialFigures.flatMap((figure) => {
      const kept = this.#rows.get(figure)
      return kept === undefined ? [] : [[figure, kept.rows()] as const]
    }))
    const sold = this.#kind !== 'workflows'
    const figures: TrialFigures = {
      sales: sold
        ? {
          total: this.#sales.total.effects(),
          byBranch: inOrder(this.#sales.byBranch).map(([branchId, sum]) => ({ branchId, effects: sum.effects() })),
          byPlan: inOrder(this.#sales.byPlan).map(([planCode, sum]) => ({ planCode, effects: sum.effects() })),
        }
        : null,
      fees: this.#kind === 'products'
        ? { total: this.#fees.total.effects(), byBranch: inOrder(this.#fees.byBranch).map(([branchId, sum]) => ({ branchId, effects: sum.effects() })) }
        : null,
      claims: sold ? null : { total: this.#claims.total.effect, byBranch: inOrder(this.#claims.byBranch).map(([branchId, { effect }]) => ({ branchId, effect })) },
      uncompared: inOrder(this.#uncompared).map(([name, count]) => {
        const [entity = '', key = ''] = name.split(' ')
        return { entity: entity === 'claim' ? ('claim' as const) : ('membership' as const), key, count }
      }),
      lists: [...rows].map(([figure, kept]) => ({ figure, count: this.#rows.get(figure)?.count ?? 0, kept: kept.length })),
      notes: [...trialNotes(this.#kind, this.#rules, this.#until), ...(this.#withoutReceipt === 0 ? [] : [{ key: 'withoutReceipt', count: this.#withoutReceipt }])],
    }
    return { figures, rows }
  }

  /** Which list a compared sale belongs into; VAT has lists of its own where only VAT can change. */
  #figureOf({ verdict, before, after }: SaleComparison): TrialFigure | null {
    if (verdict === 'unsellable' || verdict === 'sellable') return verdict
    if (this.#kind === 'tax') {
      const [was, is] = [before?.vat ?? 0n, after?.vat ?? 0n]
      return is > was ? 'vat_more' : is < was ? 'vat_less' : null
    }
    return verdict === 'more' || verdict === 'less' ? verdict : null
  }

  #leaveOut(entity: TrialRow['entity'], entityId: string, currency: string, key: string | undefined, write: () => TrialRow): void {
    const name = `${entity} ${key ?? 'errors.invalid'}`
    this.#uncompared.set(name, (this.#uncompared.get(name) ?? 0) + 1)
    this.#keep('uncompared', { entityId, currency, weight: 0n }, write)
  }

  #keep(figure: TrialFigure, ranked: Ranked, write: () => TrialRow): void {
    groupOf(this.#rows, figure, () => new LargestRows(mostTrialRows)).add(ranked, write)
  }
}

import { env } from '../env';
import type { TestTenant } from '../testing';

/** The simulator of the payment provider, as somebody works it who is neither the product nor a payer. */
export function providerOfTests(tenant: Pick<TestTenant, 'card'>) {
  const base = env.PADDLE_API_BASE ?? '';
  const control = async (path: string, body: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${base}/_control/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ apiKey: tenant.card.apiKey, ...body }) });
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    control,
    /** Paid transactions that nobody was told of; the n-th is for the n-th payment, further ones for none of ours. */
    paid: async (references: readonly string[], count = references.length, amount = '2000'): Promise<string[]> => (await control('transactions/bulk', { count, amount, references })).ids as string[],
    /** A transaction as the provider writes it. */
    transaction: async (id: string): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${base}/transactions/${id}`, { headers: { authorization: `Bearer ${tenant.card.apiKey}` } });
      return ((await answer.json()) as { data: Record<string, unknown> }).data;
    },
  };
}

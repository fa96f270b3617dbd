import type { Account } from './account';
import { newPaddleId } from './clock';
import { createCustomer } from './customers';
import { pay } from './lifecycle';
import { createTransaction } from './transactions';

/** Makes paid transactions of one new customer and gives their ids; the n-th carries the n-th reference. */
export function makeBulk(account: Account, count: number, amount: bigint, references: readonly string[], events: boolean, base: string): string[] {
  const make = () => {
    const customer = createCustomer(account, { email: `${newPaddleId('bulk')}@payer.test`, name: 'Bulk Payer' });
    return Array.from({ length: count }, (_, index) => {
      const price = {
        description: 'Bulk',
        tax_mode: 'internal',
        unit_price: { amount: amount.toString(), currency_code: 'EUR' },
        product: { name: 'Bulk', tax_category: 'standard' },
      };
      const reference = references[index];
      const transaction = createTransaction(
        account,
        { items: [{ quantity: 1, price }], customer_id: customer.id, custom_data: reference === undefined ? null : { reference } },
        base,
      );
      pay(account, transaction.id);
      return transaction.id;
    });
  };
  return events ? make() : account.webhooks.quietly(make);
}

import { addMonths, parseDateOnly } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';

const range = { from: '2026-01-01', to: '2027-12-31' } as const;
let closed = 0;
/** A month long before anything was booked, and after every one that was closed before: months close in order. */
const nextMonth = () => {
  closed += 1;
  return addMonths(parseDateOnly('1990-01-01'), closed);
};

const accountOf = async (place: Place): Promise<string> => {
  const [account] = await (await place.callerOf('admin')).ledger.accounts({ to: range.to });
  if (account === undefined) throw new Error('nothing was booked');
  return account.id;
};

export const ledgerAttacks: AttacksOn<'ledger'> = {
  accounts: { by: 'admin', wide: 'the books are the whole tenant\'s', input: () => ({ to: range.to }) },
  statement: { by: 'admin', wide: 'the books are the whole tenant\'s', of: 'tenant', values: ['accountId'], input: async (place) => ({ ...range, limit: 25, accountId: await accountOf(place) }) },
  closings: { by: 'admin', wide: 'the books are the whole tenant\'s' },
  close: { by: 'admin', of: 'tenant', input: () => ({ month: nextMonth() }) },
  reopen: {
    by: 'admin', of: 'tenant', values: ['id'],
    input: async (place) => ({ id: (await (await place.callerOf('admin')).ledger.close({ month: nextMonth() })).id, reason: 'An invoice was booked late' }),
  },
};

import { beforeEach, describe, expect, it } from 'vitest';
import { forgetStored, storedOnce } from './stored';

const message = { tenantId: 'tenant_a', accountId: 'account', eventId: 'evt_1' };
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);

describe('P-03 a message that repeats itself', () => {
  beforeEach(forgetStored);

  it('is stored once while it is under way and after, and is asked about again when it is forgotten', async () => {
    let times = 0;
    const store = async () => {
      await Promise.resolve();
      times += 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => storedOnce(message, at(0), store)));
    await storedOnce(message, at(9), store);
    expect(times).toBe(1);
    await storedOnce(message, at(11), store);
    expect(times).toBe(2);
  });

  it('is told apart from the same number of another tenant or account', async () => {
    const seen: string[] = [];
    for (const one of [message, { ...message, tenantId: 'tenant_b' }, { ...message, accountId: 'other' }, { ...message, eventId: 'evt_2' }]) await storedOnce(one, at(0), () => Promise.resolve(void seen.push(one.tenantId)));
    expect(seen).toHaveLength(4);
  });

  it('P-09 that could not be stored is tried again, and everybody who waited hears of it', async () => {
    const fails = () => Promise.reject(new Error('no database'));
    const both = await Promise.allSettled([storedOnce(message, at(0), fails), storedOnce(message, at(0), fails)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    let times = 0;
    await storedOnce(message, at(0), () => Promise.resolve(void (times += 1)));
    expect(times).toBe(1);
  });
});

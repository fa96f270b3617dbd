import { runtimePool } from './pools';

const add = `
  insert into webhook_rejections as r (day, reason, count) values ((now() at time zone 'UTC')::date, $1, 1)
  on conflict (day, reason) do update set count = r.count + 1`;

/**
 * Counts a provider's message that was refused before a tenant or an account was proven. Nothing of the message is kept, so this
 * counter stands outside all tenants.
 */
export async function countRejection(reason: 'unknown_account' | 'signature' | 'malformed' | 'too_large'): Promise<void> {
  await runtimePool().query(add, [reason]);
}

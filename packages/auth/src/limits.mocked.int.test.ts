import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as argon2 from '@node-rs/argon2';
import { platformDoor, withPlatform, withTenant } from '@interdomestik/db';
import { rateLimits, tenantSettings, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { countSignIn, defaultSignInRule, signInKeys, signInLimits, welcome } from './limits';
import { signInPlatform } from './platform-sign-in';
import { signIn } from './sign-in';
import { password, prepareWorld, secret } from './testing/world';

// the real functions, watched: every password that is looked at costs one
vi.mock('@node-rs/argon2', { spy: true });

const world = prepareWorld();
const { attempts } = defaultSignInRule;

let addresses = 0;
const newAddress = (): string => `10.77.${String(Math.floor((addresses += 1) / 250))}.${String(addresses % 250)}`;

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const tryAt = async (slug: string, email: string, given: string, ip: string): Promise<string> =>
  await signIn(await world.current.site(slug), 'member', { email, password: given, ip, userAgent: 'test' }).then(() => 'IN', codeOf);

/** Wrong passwords until the address is heard no more: what each does before its hash, which would only take time here. */
async function exhaust(slug: string, email: string, ip: string): Promise<void> {
  for (let index = 0; index < attempts; index += 1) await countSignIn(`tenant_${slug}`, email, ip, defaultSignInRule);
}

function guessIn(process_: { readonly email: string; readonly ip: string; readonly guesses: number }): Promise<string[]> {
  const { email, ip, guesses } = process_;
  const script = fileURLToPath(new URL('testing/guessing.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', AUTH_SECRET: secret };
    const child = spawn(process.execPath, ['--import', 'tsx', script, world.current.database.appUrl, 'ks', email, ip, String(guesses)], { env: { ...env, NODE_ENV: 'test' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, wrong] = ['', ''];
    child.stdout.on('data', (part: Buffer) => { said += part.toString(); });
    child.stderr.on('data', (part: Buffer) => { wrong += part.toString(); });
    child.on('error', reject);
    child.on('close', (code) => { if (code === 0) resolve(JSON.parse(said) as string[]); else reject(new Error(wrong)); });
  });
}

describe('S-05 wrong passwords', () => {
  it('of one account from one address are counted over two processes that guess at the same time', async () => {
    const guesser = { email: 'member@example.com', ip: newAddress(), guesses: 10 };
    const answers = (await Promise.all([guessIn(guesser), guessIn(guesser)])).flat();
    expect(answers.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(attempts);
    expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20 - attempts);
    // and this process knows it too, also when the address is written in other letters
    expect(await tryAt('ks', ' MEMBER@Example.com ', password, guesser.ip)).toBe('RATE_LIMITED');
    // the same address of the other country is another account
    expect(await tryAt('mk', guesser.email, password, guesser.ip)).toBe('IN');
  }, 60_000);

  it('of strangers lock nobody out for good: the owner\'s own address, and the mailbox, open', async () => {
    const [email, home] = ['member@example.com', newAddress()];
    expect(await tryAt('ks', email, password, home)).toBe('IN');
    const strangers = Array.from({ length: Math.ceil(signInLimits.account / attempts) + 1 }, newAddress);
    for (const stranger of strangers) await exhaust('ks', email, stranger);
    // the whole account is closed to addresses that it never used
    const elsewhere = newAddress();
    expect(await tryAt('ks', email, password, elsewhere)).toBe('RATE_LIMITED');
    expect(await tryAt('ks', email, password, home)).toBe('IN');
    for (const stranger of strangers) await exhaust('ks', email, stranger);
    // what the reset of a password does for whoever reads the mail
    await welcome('tenant_ks', email, elsewhere);
    expect(await tryAt('ks', email, password, elsewhere)).toBe('IN');
    // strangers go on, and the owner keeps both
    for (const stranger of strangers.map(newAddress)) await exhaust('ks', email, stranger);
    expect([await tryAt('ks', email, password, home), await tryAt('ks', email, password, elsewhere)]).toEqual(['IN', 'IN']);
    // but no more wrong ones are heard there than anywhere
    await exhaust('ks', email, home);
    expect(await tryAt('ks', email, password, home)).toBe('RATE_LIMITED');
  }, 60_000);

  it('of everybody together have a ceiling, above which only addresses are heard that an account used before', async () => {
    const home = newAddress();
    expect(await tryAt('mk', 'member@example.com', password, home)).toBe('IN');
    const { everywhere } = signInKeys('tenant_mk', 'x', 'x');
    expect(await tryAt('mk', 'agent@example.com', 'wrong', newAddress())).toBe('UNAUTHENTICATED');
    await withPlatform(platformDoor(), 'test', (tx) => tx.update(rateLimits).set({ count: signInLimits.everywhere }).where(eq(rateLimits.key, everywhere)));
    for (const slug of ['mk', 'ks']) expect(await tryAt(slug, 'agent@example.com', password, newAddress())).toBe('RATE_LIMITED');
    expect(await signInPlatform({ email: 'root@example.com', password, ip: newAddress(), userAgent: 'test' }, 'test').then(() => 'IN', codeOf)).toBe('RATE_LIMITED');
    expect(await tryAt('mk', 'member@example.com', password, home)).toBe('IN');
    expect(await tryAt('mk', 'member@example.com', 'wrong', home)).toBe('UNAUTHENTICATED');
    await world.current.forgetLimits();
  }, 60_000);

  it('cost one hash, whether the account exists, has no password yet, is no address at all, or belongs to a super admin; and none beyond the limit', async () => {
    const tenant = await world.current.tenant('ks');
    await withTenant(tenant, (tx) => tx.insert(user).values({ tenantId: tenant.tenantId, id: newId(), email: 'invited@example.com', signInEmail: 'invited@example.com', firstName: 'Ana', lastName: 'B', locale: 'en', status: 'invited' }));
    const site = await world.current.site('ks');
    const kinds: Readonly<Record<string, (ip: string) => Promise<unknown>>> = Object.fromEntries([
      ...['member@example.com', 'nobody@example.com', 'invited@example.com', 'no address', '"e@x.test"@example.com', '\u0000'].map((email) => [email, (ip: string) => signIn(site, 'member', { email, password: 'wrong', ip, userAgent: 'test' })] as const),
      ...['root@example.com', 'noroot@example.com'].map((email) => [`console ${email}`, (ip: string) => signInPlatform({ email, password: 'wrong', ip, userAgent: 'test' }, 'test')] as const),
    ]);
    await tryAt('ks', 'nobody@example.com', 'warm', newAddress());
    for (const [kind, guess] of Object.entries(kinds)) {
      const ip = newAddress();
      for (let index = 0; index <= attempts; index += 1) {
        vi.mocked(argon2.verify).mockClear();
        const code = await guess(ip).then(() => 'IN', codeOf);
        const over = index === attempts;
        expect([kind, index, code, vi.mocked(argon2.verify).mock.calls.length]).toEqual([kind, index, over ? 'RATE_LIMITED' : 'UNAUTHENTICATED', over ? 0 : 1]);
        for (const [hash] of vi.mocked(argon2.verify).mock.calls) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
      }
    }
  }, 60_000);

  it('leave neither address nor e-mail in the counters', () => {
    for (const key of Object.values(signInKeys('tenant_ks', 'member@example.com', '10.0.0.1'))) expect(key).toMatch(/^[\w-]{43}$/u);
  });

  it('are as many, and for as long, as the tenant\'s rule says', async () => {
    const tenant = await world.current.tenant('mk');
    await withTenant(tenant, (tx) => tx.insert(tenantSettings).values({
      tenantId: tenant.tenantId, id: newId(), kind: 'limits', version: 99, status: 'published', value: { secondFactor: 'optional', login: { attempts: 3, windowMinutes: 2 } }, effectiveFrom: new Date(Date.now() - 1000), publishedAt: new Date(),
    }));
    const ip = newAddress();
    const codes = [];
    for (let index = 0; index < 4; index += 1) codes.push(await tryAt('mk', 'member@example.com', 'wrong', ip));
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED']);
    await expect(signIn(await world.current.site('mk'), 'member', { email: 'member@example.com', password, ip, userAgent: 'test' })).rejects.toMatchObject({ params: { minutes: 2 } });
  });
});

import { addDays, addYears, demoSecondFactorSecret, instantOf, ruleKinds, todayIn, withCheckDigits, type CountryPack, type RuleInput } from '@interdomestik/rules';
import { branches, clearanceAccounts, paymentAccounts, referralCodes, secondFactors, tenants, tenantSettings, user, userRoles } from '../schema';
import { nameColumns, type SeedTools, type StaffMember, type TenantSeed } from './context';
import { branchStaff, demoEmail } from './demo';
import { drawName, type NameStyle } from './names';
import { Random } from './random';
import type { Rows } from './rows';

/** The year before which nothing of a seeded tenant happened. */
const yearsOfHistory = 4;

/** The spelling in which a language writes names; English follows the tenant's first language. */
export function styleOf(pack: CountryPack, locale: string): NameStyle {
  if (locale === 'mk' || locale === 'sq' || locale === 'sr') return locale;
  return styleOf(pack, pack.rules.languages.default);
}

/** A coupon to try out, which no pack has: nothing is given away in a country that nobody has set up. */
const demoCoupon = {
  code: 'WELCOME', titles: { mk: 'Добредојде', sq: 'Mirë se vini', sr: 'Dobro došli', en: 'Welcome' }, reduction: { kind: 'percent', percentBp: 1500 }, combines: true,
} as const;

function withDemoCoupon({ rules: { products, languages } }: CountryPack): RuleInput<'products'> {
  const titles = Object.fromEntries(languages.offered.map((locale) => [locale, demoCoupon.titles[locale]]));
  return { ...products, coupons: [{ ...demoCoupon, titles }] };
}

/** The tenant itself: its row, branches, published rules, payment accounts and staff. */
export function seedTenant(pack: CountryPack, now: Date, rows: Rows, passwordHash: string, tools: SeedTools): TenantSeed {
  const random = new Random(`interdomestik ${pack.tenant.slug}`);
  const tenantId = pack.tenant.id;
  const today = todayIn(pack.zone, now);
  const [currency] = pack.currencies;
  if (currency === undefined) throw new Error(`the pack of ${pack.tenant.slug} names no currency`);
  const founded = instantOf(addDays(addYears(today, -yearsOfHistory), -30), pack.zone, 9 * 60);
  const { languages, invoicing } = pack.rules;
  const { issuer } = invoicing;
  rows.add(tenants, {
    id: tenantId, slug: pack.tenant.slug, name: pack.tenant.name, countryCode: pack.country.code, country: pack.country, currency, timeZone: pack.zone,
    defaultLocale: languages.default, locales: languages.offered, createdAt: founded, updatedAt: founded,
  });
  const branchRows = pack.branches.map((branch) => ({ tenantId, id: random.id(founded), ...branch, createdAt: founded, updatedAt: founded }));
  rows.add(branches, ...branchRows);
  rows.add(tenantSettings, ...ruleKinds.map((kind) => ({
    tenantId, id: random.id(founded), kind, version: 1, status: 'published', value: kind === 'products' ? withDemoCoupon(pack) : pack.rules[kind], effectiveFrom: founded, publishedAt: founded,
    createdAt: founded, updatedAt: founded,
  })));
  const card = tools.cardAccounts.find(({ name }) => name === `${pack.tenant.slug}-main`);
  const account = (provider: 'paddle' | 'cash' | 'bank_transfer', name: string) => ({
    tenantId, id: random.id(founded), provider, slug: 'main', name, currency: provider === 'paddle' ? ('EUR' as const) : currency, environment: 'local' as const,
    taxDocumentIssuer: provider === 'paddle' ? ('provider' as const) : ('tenant' as const), createdAt: founded, updatedAt: founded,
  });
  const accounts = {
    card: {
      ...account('paddle', 'Paddle'), isActive: card !== undefined, clientToken: card?.clientToken ?? null,
      credentials: card === undefined ? null : tools.seal(tenantId, JSON.stringify({ apiKey: card.apiKey })),
      webhookSecrets: card === undefined ? null : tools.seal(tenantId, JSON.stringify([card.webhookSecret])),
    },
    cash: account('cash', 'Cash'),
    // as invented as the rest of the tenant's legal details, and with check digits that are right
    bank_transfer: { ...account('bank_transfer', 'Bank transfer'), bankDetails: { beneficiary: issuer.legalName, address: `${issuer.address}, ${issuer.city}`, iban: withCheckDigits(issuer.iban), bank: issuer.bank, swift: null } },
  };
  rows.add(paymentAccounts, accounts.card, accounts.cash, accounts.bank_transfer);
  const clearing = tools.clearanceAccounts?.find(({ name }) => name === pack.tenant.slug);
  if (clearing !== undefined && invoicing.clearance) {
    rows.add(clearanceAccounts, { tenantId, id: random.id(founded), service: invoicing.clearance, credentials: tools.seal(tenantId, JSON.stringify({ apiKey: clearing.apiKey, setAt: null })), createdAt: founded, updatedAt: founded });
  }
  const seed: Omit<TenantSeed, 'staff'> = { pack, tenantId, country: pack.country, currency, today, now, random, rows, passwordHash, branches: branchRows, accounts };
  return { ...seed, staff: seedStaff(seed, founded, tools) };
}

function seedStaff(seed: Omit<TenantSeed, 'staff'>, founded: Date, { seal }: SeedTools): StaffMember[] {
  const { pack, tenantId, random, rows } = seed;
  const locales = pack.rules.languages.offered.filter((locale) => locale !== 'en');
  const add = (role: StaffMember['role'], local: string, branch: { id: string; city: string } | null): StaffMember => {
    const locale = random.chance(0.7) ? pack.rules.languages.default : random.pick(locales);
    const { firstName, lastName } = drawName(random, styleOf(pack, locale));
    const person = { tenantId, id: random.id(founded), branchId: branch?.id ?? null };
    const email = demoEmail(pack.tenant.slug, local);
    rows.add(user, {
      ...person, ...nameColumns(firstName, lastName), email, signInEmail: email, emailVerifiedAt: founded, passwordHash: seed.passwordHash, city: branch?.city ?? null, locale,
      createdAt: founded, updatedAt: founded,
    });
    rows.add(userRoles, { tenantId, id: random.id(founded), userId: person.id, role, branchId: role === 'tenant_admin' ? null : person.branchId, createdAt: founded });
    rows.add(secondFactors, { tenantId, id: person.id, userId: person.id, secret: seal(tenantId, demoSecondFactorSecret), confirmedAt: founded, createdAt: founded });
    const sells = branch !== null && (role === 'agent' || role === 'promoter');
    const referral = sells ? { id: random.id(founded), code: random.code(6) } : null;
    if (sells && referral !== null) rows.add(referralCodes, { tenantId, id: referral.id, userId: person.id, branchId: branch.id, code: referral.code, createdAt: founded });
    return { ...person, role, firstName, lastName, referral };
  };
  const [first] = seed.branches;
  if (first === undefined) throw new Error('a tenant without a branch');
  return [
    add('tenant_admin', 'admin', null),
    ...seed.branches.flatMap((branch) => branchStaff(branch.code).map(({ role, local }) => add(role, local, branch))),
    add('promoter', 'promoter', first),
  ];
}

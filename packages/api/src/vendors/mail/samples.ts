import { money, parseDateOnly, period } from '@interdomestik/rules';
import type { MailBranding } from './branding';
import type { MailParams } from './templates';

/** One filled example of every mail, for tests and for looking at them. */
export const mailSamples: MailParams = {
  'verify-email': { name: 'Арбен Ќосе', email: 'arben@example.com', url: 'https://ks.example.com/verify?token=abc&n=1', hours: 24 },
  'welcome-membership': {
    name: 'Ѓорѓи Џамбаски',
    number: 'MEM-MK-000123',
    plan: 'Asistenca',
    period: period(parseDateOnly('2026-11-23'), parseDateOnly('2027-11-23')),
    url: 'https://mk.example.com/card',
  },
  'payment-receipt': {
    name: 'Çlirim Gashi',
    number: 'R-2026-000045',
    amount: money(123000n, 'MKD'),
    paidOn: parseDateOnly('2026-11-23'),
    method: 'card',
    purpose: 'Asistenca, 23.11.2026 – 22.11.2027',
    lines: [{ title: 'Asistenca', amount: money(136700n, 'MKD') }, { title: 'Pranvera', amount: money(-13700n, 'MKD') }],
    provider: 'Paddle.com',
    url: 'https://mk.example.com/payments',
  },
  'payment-link': {
    name: 'Blerta Hoxha',
    agent: 'Driton Krasniqi',
    plan: 'Asistenca Family',
    lines: [],
    amount: money(3500n, 'EUR'),
    months: 12,
    until: parseDateOnly('2026-11-30'),
    url: 'https://ks.example.com/pay/4f0c',
  },
  'transfer-slip': {
    name: 'Ѓорѓи Џамбаски', plan: 'Асистенца', beneficiary: 'Interdomestik Demo', iban: 'MK34000000000000000', bank: 'Demo Bank', reference: '123456789012', amount: money(123000n, 'MKD'), until: parseDateOnly('2026-12-10'),
    url: 'https://mk.example.com/pay/4f0c',
  },
  'transfer-lapsed': { name: 'Çlirim Gashi', plan: 'Asistenca', amount: money(2000n, 'EUR'), until: parseDateOnly('2026-12-10'), url: 'https://ks.example.com/home' },
  'instalment-reminder': { name: 'Blerta Hoxha', part: 'Asistenca Family, kësti 2 nga 4', amount: money(901n, 'EUR'), due: parseDateOnly('2026-11-30'), overdue: true, way: 'card', url: 'https://ks.example.com/payments' },
  'membership-renewal': { name: 'Ѓорѓи Џамбаски', state: 'past_due', plan: 'Асистенца', ends: parseDateOnly('2026-11-29'), until: parseDateOnly('2026-12-13'), url: 'https://mk.example.com/renew' },
  'erasure-letter': {
    name: 'Ѓорѓи Џамбаски', number: '4F0C11AA22BB',
    letter: {
      on: '2026-12-01', memberNumber: 'MEM-MK-000123', claims: 1, files: 3, law: 'Закон за заштита на личните податоци, 42/20 и 294/21',
      kept: [{ what: 'invoices', count: 2, until: '2036-11-23' }, { what: 'payments', count: 2, until: '2036-11-23' }, { what: 'ledger', count: 6, until: '2036-11-23' }, { what: 'trail', count: 4, until: '2033-12-01' }],
    },
    url: 'https://mk.example.com/legal/privacy',
  },
  'password-reset': { name: 'Љупка Његош', email: 'ljupka@example.com', url: 'https://mk.example.com/reset?token=xyz', minutes: 30 },
  'staff-invitation': {
    name: 'Shpresa Berisha',
    inviter: 'Весна Стојановска',
    role: 'branch_manager',
    branch: 'Prizren',
    until: parseDateOnly('2026-11-30'),
    url: 'https://ks.example.com/invitation?token=abc',
  },
  'platform-invitation': { name: 'Љиљана Ђорђевић', inviter: 'Gëzim Çela', until: parseDateOnly('2026-11-30'), url: 'https://admin.example.com/invitation?token=abc' },
  'member-invitation': { name: 'Çlirim Gashi', email: 'clirim@example.com', until: parseDateOnly('2026-11-30'), url: 'https://ks.example.com/invitation?token=abc' },
  'claim-received': {
    name: 'Blerta Hoxha',
    number: 'CLM-KS-2026-000017',
    category: 'vehicle',
    incidentOn: parseDateOnly('2026-11-20'),
    hours: 24,
    url: 'https://ks.example.com/claims/17',
  },
  'claim-deadline': { name: 'Шпреса Бериша', number: 'CLM-MK-2026-000017', stage: 'evaluation', due: '30.11.2026 10:00', overdue: true, url: 'https://mk.admin.example.com/claims?open=17' },
  'claim-stage-changed': {
    name: 'Blerta Hoxha',
    number: 'CLM-KS-2026-000017',
    from: 'evaluation',
    to: 'negotiation',
    reason: null,
    next: null,
    url: 'https://ks.example.com/claims/17',
  },
  'invoice-issued': {
    name: 'Ѓорѓи Џамбаски',
    number: 'F-2026-000045',
    amount: money(215250n, 'MKD'),
    issuedOn: parseDateOnly('2026-11-23'),
    dueOn: parseDateOnly('2026-12-01'),
    url: 'https://mk.example.com/invoices/45',
  },
  'referral-reward': { name: 'Љупка Његош', days: 30, until: parseDateOnly('2027-12-22'), url: 'https://mk.example.com/home' },
  'existing-account': {
    name: 'Арбен Ќосе',
    email: 'arben@example.com',
    url: 'https://ks.example.com/sign-in',
    resetUrl: 'https://ks.example.com/reset',
  },
  'member-moved': { name: 'Çlirim Gashi', toOtherBranch: true, branch: 'Prizren', phone: '+383 29 000 000', address: 'Rr. e Re 2, Prizren', agent: 'Весна Стојановска', url: 'https://ks.example.com/home' },
  'email-change': { name: 'Çlirim Gashi', email: 'clirim.new@example.com', url: 'https://ks.example.com/change-email?token=abc', minutes: 60 },
  'security-notice': { name: 'Љупка Његош', event: 'recovery_code_used', on: parseDateOnly('2026-11-23'), time: '14:05', url: 'https://mk.example.com/forgot-password' },
};

/** A tenant's look with invented legal details. */
export const sampleBranding: MailBranding = {
  tenantName: 'Interdomestik',
  accent: '#0f6b62',
  supportEmail: 'help@example.com',
  supportPhone: '+389 2 000 0000',
  legalLine: 'Interdomestik Demo, ul. Primer 1, 1000 Skopje, 4030000375897',
  demo: true,
};
